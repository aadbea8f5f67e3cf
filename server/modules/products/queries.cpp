#include "modules/customers/customers.h"
#include "modules/products/routes.h"
#include "modules/products/rules.h"

namespace baijin::products {
namespace {

std::optional<std::string> key_of(const std::optional<Text<1, 80>>& number) {
  if (!number) return {};
  return rules::number_key(std::string_view(number->value));
}

// Fills `value` from what the asset says, or refuses what contradicts it.
template <class T>
void follow(std::optional<T>& value, const std::optional<T>& of_asset, std::string_view field) {
  if (!value) value = of_asset;
  else if (of_asset && *value != *of_asset) throw invalid("not_of_asset", field);
}

}  // namespace

Page<Product> list_products(Reader& reader, const ProductFilter& filter) {
  static const Sorts sorts{
      "p.id", "code", {{"code", "p.folded_code", Cell::Type::text}, {"id", "p.id"}}};
  Where where;
  where.when(filter.active, "p.active = $");
  std::optional<std::string> pattern;
  if (filter.q) pattern = like_containing(filter.q->value);
  return reader.page<Product>(
      R"(SELECT {fields p}, {keys} FROM products p WHERE {visible p}
         AND ($1 IS NULL OR p.folded_code LIKE $1 ESCAPE '!' OR p.folded_names LIKE $1 ESCAPE '!'
              OR p.initials LIKE $1 ESCAPE '!')
         {where} {page})",
      filter.paging, sorts, where, pattern);
}

Product get_product(Reader& reader, Id<Product> id) { return reader.get(id); }

std::vector<ProductVersion> list_versions(Reader& reader, Id<Product> product) {
  reader.get(product);
  return reader.list<ProductVersion>(
      R"(SELECT {fields v} FROM product_versions v WHERE {visible v} AND v.product = $1
         ORDER BY coalesce(v.released_on, 1000000000) DESC, v.id DESC)",
      product);
}

ProductVersion get_version(Reader& reader, Id<Product> product, Id<ProductVersion> id) {
  auto version = reader.get(id);
  if (version.product != product) throw not_found();
  return version;
}

Page<Asset> list_assets(Reader& reader, const AssetFilter& filter) {
  static const Sorts sorts{
      "a.id",
      "id",
      {{"id", "a.id"}, {"name", "a.name", Cell::Type::text}, {"customer", "a.customer"}}};
  Where where;
  where.when(filter.customer, "a.customer = $");
  where.when(filter.site, "a.site = $");
  where.when(filter.product, "a.product = $");
  where.when(filter.product_version, "a.product_version = $");
  where.when(key_of(filter.serial), "a.serial_key = $");
  where.when(key_of(filter.licence), "a.licence_key = $");
  where.when(filter.state, "a.state = $");
  return reader.page<Asset>(
      "SELECT {fields a}, {keys} FROM assets a WHERE {visible a} {where} {page}", filter.paging,
      sorts, where);
}

Asset get_asset(Reader& reader, Id<Asset> id) { return reader.get(id); }

std::optional<Asset> asset_with_number(Reader& reader, std::string_view number) {
  auto key = rules::number_key(number);
  if (key.empty()) return {};
  auto found = reader.list<Asset>(
      R"(SELECT {fields a} FROM assets a
         WHERE {all: who writes to us is recognised before anybody is signed in}
           AND (a.serial_key = $1 OR a.licence_key = $1) AND a.state <> 'retired' LIMIT 2)",
      key);
  if (found.size() != 1) return {};
  return std::move(found.front());
}

void check_installed(Reader& reader, Installed& parts) {
  if (parts.asset) {
    auto asset = reader.get(*parts.asset);
    follow(parts.customer, std::optional(asset.customer), "customer");
    follow(parts.product, std::optional(asset.product), "product");
    if (!parts.site) parts.site = asset.site;
    if (!parts.product_version) parts.product_version = asset.product_version;
  }
  if (parts.customer) reader.get(*parts.customer);
  if (parts.product) reader.get(*parts.product);
  if (parts.site) {
    auto site = reader.get(*parts.site);
    if (!parts.customer) parts.customer = site.customer;
    if (*parts.customer != site.customer) throw invalid("not_of_customer", "site");
  }
  if (parts.product_version) {
    auto version = reader.get(*parts.product_version);
    if (!parts.product) parts.product = version.product;
    if (*parts.product != version.product) throw invalid("not_of_product", "product_version");
  }
}

}  // namespace baijin::products
