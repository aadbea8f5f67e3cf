#include "base/pinyin.h"
#include "modules/customers/customers.h"
#include "modules/products/findable.h"
#include "modules/products/routes.h"
#include "modules/products/rules.h"

namespace baijin::products {
namespace {

// A version is asked for below its product.
ProductVersion take_version(Change& change, Id<Product> product, Id<ProductVersion> id) {
  auto version = change.take(id);
  if (version.product != product) throw not_found();
  return version;
}

void settle(Product& product) {
  product.folded_code = folded(product.code.value);
  product.folded_names = folded(product.name.value);
  product.initials = initials(product.name.value);
  if (product.name_en) {
    product.folded_names += " " + folded(product.name_en->value);
    product.initials += " " + initials(product.name_en->value);
  }
}

void settle(Change& change, Asset& asset) {
  auto customer = change.get(asset.customer);
  if (customer.merged_into) throw conflict("customer_is_merged");
  Installed parts{asset.customer, asset.site, asset.product, asset.product_version, {}};
  check_installed(change, parts);
  rules::check_order(asset.installed_on, asset.accepted_on, "accepted_on");
  asset.serial_key = rules::number_key(asset.serial);
  asset.licence_key = rules::number_key(asset.licence);
}

}  // namespace

Product add_product(Change& change, const NewProduct& input) {
  Product product;
  product.name = input.name;
  product.name_en = input.name_en;
  product.code = input.code;
  product.about = input.about;
  product.notes = input.notes;
  settle(product);
  change.add(product);
  make_findable(change, product);
  change.tell("products.added", product);
  return product;
}

Product change_product(Change& change, Id<Product> id, const ProductPatch& input) {
  auto product = change.take(id);
  input.name.into(product.name);
  input.name_en.into(product.name_en);
  input.code.into(product.code);
  input.about.into(product.about);
  input.notes.into(product.notes);
  input.active.into(product.active);
  settle(product);
  change.save(product);
  make_findable(change, product);
  change.tell("products.changed", product);
  return product;
}

ProductVersion add_version(Change& change, Id<Product> product, const NewVersion& input) {
  change.get(product);
  rules::check_order(input.released_on, input.support_ends_on, "support_ends_on");
  ProductVersion version{
      {}, {}, product, input.name, input.released_on, input.support_ends_on, input.notes};
  change.add(version);
  change.tell("products.version_added", version);
  return version;
}

ProductVersion change_version(Change& change, Id<Product> product, Id<ProductVersion> id,
                              const VersionPatch& input) {
  auto version = take_version(change, product, id);
  input.name.into(version.name);
  input.released_on.into(version.released_on);
  input.support_ends_on.into(version.support_ends_on);
  input.notes.into(version.notes);
  rules::check_order(version.released_on, version.support_ends_on, "support_ends_on");
  change.save(version);
  change.tell("products.version_changed", version);
  return version;
}

void remove_version(Change& change, Id<Product> product, Id<ProductVersion> id) {
  auto version = take_version(change, product, id);
  change.remove(version);
  change.tell("products.version_removed", version, {{"name", version.name.value}});
}

Asset add_asset(Change& change, const NewAsset& input) {
  Asset asset;
  asset.customer = input.customer;
  asset.site = input.site;
  asset.product = input.product;
  asset.product_version = input.product_version;
  asset.name = input.name;
  asset.serial = input.serial;
  asset.licence = input.licence;
  asset.installed_on = input.installed_on;
  asset.accepted_on = input.accepted_on;
  asset.state = input.state.value_or(asset.state);
  asset.notes = input.notes;
  settle(change, asset);
  change.add(asset);
  make_findable(change, asset);
  change.tell("assets.added", asset);
  return asset;
}

Asset change_asset(Change& change, Id<Asset> id, const AssetPatch& input) {
  auto asset = change.take(id);
  input.customer.into(asset.customer);
  input.site.into(asset.site);
  input.product_version.into(asset.product_version);
  input.name.into(asset.name);
  input.serial.into(asset.serial);
  input.licence.into(asset.licence);
  input.installed_on.into(asset.installed_on);
  input.accepted_on.into(asset.accepted_on);
  input.state.into(asset.state);
  input.notes.into(asset.notes);
  settle(change, asset);
  change.save(asset);
  make_findable(change, asset);
  change.tell("assets.changed", asset);
  return asset;
}

}  // namespace baijin::products
