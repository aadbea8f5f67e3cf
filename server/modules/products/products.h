#pragma once
// Products with their versions, and assets: which version of which product is installed where,
// under which serial or licence number.
#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/fields.h"
#include "hub/reader.h"

namespace baijin {

class Module;

namespace customers {
struct Customer;
struct Site;
}  // namespace customers

namespace products {

struct Product {
  Id<Product> id;
  Version version;
  Name name;
  std::optional<Name> name_en;
  Text<1, 40> code;  // unique without regard to case
  std::string folded_code, folded_names;
  std::string initials;  // of both names
  std::optional<Lines<4000>> about;
  std::optional<Lines<4000>> notes;
  bool active = true;
};
FIELDS(Product, id, version, name, name_en, code, folded_code, folded_names, initials, about, notes,
       active)
TABLE(Product, "product", "products")
STAFF_ONLY(Product, "folded_code", "folded_names", "notes")

struct ProductVersion {
  Id<ProductVersion> id;
  Version version;
  Id<Product> product;
  Text<1, 60> name;  // "4.2.1", unique within the product
  std::optional<Date> released_on;
  std::optional<Date> support_ends_on;
  std::optional<Lines<4000>> notes;
};
FIELDS(ProductVersion, id, version, product, name, released_on, support_ends_on, notes)
TABLE(ProductVersion, "product_version", "product_versions")
STAFF_ONLY(ProductVersion, "notes")

enum class AssetState { planned, installed, accepted, retired };
BOOST_DESCRIBE_ENUM(AssetState, planned, installed, accepted, retired)

struct Asset {
  Id<Asset> id;
  Version version;
  Id<customers::Customer> customer;
  std::optional<Id<customers::Site>> site;
  Id<Product> product;
  std::optional<Id<ProductVersion>> product_version;
  Name name;
  std::optional<Text<1, 80>> serial;  // unique within the product, as `serial_key`
  std::optional<Text<1, 80>> licence;
  std::optional<std::string> serial_key, licence_key;  // folded, for finding them again
  std::optional<Date> installed_on;
  std::optional<Date> accepted_on;  // warranty starts here
  AssetState state = AssetState::installed;
  std::optional<Lines<4000>> notes;
};
FIELDS(Asset, id, version, customer, site, product, product_version, name, serial, licence,
       serial_key, licence_key, installed_on, accepted_on, state, notes)
TABLE(Asset, "asset", "assets")
STAFF_ONLY(Asset, "serial_key", "licence_key", "notes")

// The asset with this licence or serial number, whoever asks (INT-3); nothing when there are
// several.
std::optional<Asset> asset_with_number(Reader& reader, std::string_view number);
// What a record that names several of these says.
struct Installed {
  std::optional<Id<customers::Customer>> customer;
  std::optional<Id<customers::Site>> site;
  std::optional<Id<Product>> product;
  std::optional<Id<ProductVersion>> product_version;
  std::optional<Id<Asset>> asset;
};
// Fills what follows from the others: the customer, the product and the site of an asset. Throws
// invalid("not_of_customer" | "not_of_product" | "not_of_asset") when they do not belong together,
// not_found for what the actor does not see.
void check_installed(Reader& reader, Installed& parts);

void install(Module& m);

}  // namespace products
}  // namespace baijin
