#pragma once
// What the routes of products and assets take and do; for module.cpp and the tests.
#include "hub/change.h"
#include "modules/products/products.h"

namespace baijin::products {

struct NewProduct {
  Name name;
  std::optional<Name> name_en;
  Text<1, 40> code;
  std::optional<Lines<4000>> about;
  std::optional<Lines<4000>> notes;
};
FIELDS(NewProduct, name, name_en, code, about, notes)

struct ProductPatch {
  Given<Name> name;
  Given<std::optional<Name>> name_en;
  Given<Text<1, 40>> code;
  Given<std::optional<Lines<4000>>> about;
  Given<std::optional<Lines<4000>>> notes;
  Given<bool> active;
};
FIELDS(ProductPatch, name, name_en, code, about, notes, active)

struct ProductFilter {
  std::optional<Text<1, 120>> q;
  std::optional<bool> active;
  Paging paging;
};
FIELDS(ProductFilter, q, active, paging)

Page<Product> list_products(Reader& reader, const ProductFilter& filter);
Product get_product(Reader& reader, Id<Product> id);
// conflict("already_exists") when the code is taken.
Product add_product(Change& change, const NewProduct& input);
Product change_product(Change& change, Id<Product> id, const ProductPatch& input);

struct NewVersion {
  Text<1, 60> name;
  std::optional<Date> released_on;
  std::optional<Date> support_ends_on;
  std::optional<Lines<4000>> notes;
};
FIELDS(NewVersion, name, released_on, support_ends_on, notes)

struct VersionPatch {
  Given<Text<1, 60>> name;
  Given<std::optional<Date>> released_on;
  Given<std::optional<Date>> support_ends_on;
  Given<std::optional<Lines<4000>>> notes;
};
FIELDS(VersionPatch, name, released_on, support_ends_on, notes)

// Newest first.
std::vector<ProductVersion> list_versions(Reader& reader, Id<Product> product);
ProductVersion get_version(Reader& reader, Id<Product> product, Id<ProductVersion> id);
ProductVersion add_version(Change& change, Id<Product> product, const NewVersion& input);
ProductVersion change_version(Change& change, Id<Product> product, Id<ProductVersion> id,
                              const VersionPatch& input);
// conflict("still_in_use") while it is installed somewhere.
void remove_version(Change& change, Id<Product> product, Id<ProductVersion> id);

struct NewAsset {
  Id<customers::Customer> customer;
  std::optional<Id<customers::Site>> site;
  Id<Product> product;
  std::optional<Id<ProductVersion>> product_version;
  Name name;
  std::optional<Text<1, 80>> serial, licence;
  std::optional<Date> installed_on, accepted_on;
  std::optional<AssetState> state;
  std::optional<Lines<4000>> notes;
};
FIELDS(NewAsset, customer, site, product, product_version, name, serial, licence, installed_on,
       accepted_on, state, notes)

struct AssetPatch {
  Given<Id<customers::Customer>> customer;
  Given<std::optional<Id<customers::Site>>> site;
  Given<std::optional<Id<ProductVersion>>> product_version;
  Given<Name> name;
  Given<std::optional<Text<1, 80>>> serial, licence;
  Given<std::optional<Date>> installed_on, accepted_on;
  Given<AssetState> state;
  Given<std::optional<Lines<4000>>> notes;
};
FIELDS(AssetPatch, customer, site, product_version, name, serial, licence, installed_on,
       accepted_on, state, notes)

struct AssetFilter {
  std::optional<Id<customers::Customer>> customer;
  std::optional<Id<customers::Site>> site;
  std::optional<Id<Product>> product;
  std::optional<Id<ProductVersion>> product_version;
  std::optional<Text<1, 80>> serial, licence;  // the whole number, whatever its spelling
  std::optional<AssetState> state;
  Paging paging;
};
FIELDS(AssetFilter, customer, site, product, product_version, serial, licence, state, paging)

Page<Asset> list_assets(Reader& reader, const AssetFilter& filter);
Asset get_asset(Reader& reader, Id<Asset> id);
// conflict("already_exists"): the product has an asset with this serial number.
Asset add_asset(Change& change, const NewAsset& input);
Asset change_asset(Change& change, Id<Asset> id, const AssetPatch& input);

// Reactions.
void follow_merge(Change& change, const Event& event);
void follow_undo(Change& change, const Event& event);

}  // namespace baijin::products
