#include "hub/module.h"

#include "modules/customers/customers.h"
#include "modules/products/routes.h"

namespace baijin::products {
namespace {

std::int64_t count_assets(Reader& reader, Id<customers::Customer> customer) {
  return reader
      .value<std::int64_t>("SELECT count(*) FROM assets a WHERE {visible a} AND a.customer = $1",
                           customer)
      .value_or(0);
}

void install_records(Module& m) {
  m.right("products.read", "See products and what is installed where");
  m.right("products.manage", "Add and change products, versions and assets");
  // Customers see what is on offer, and what they have although it no longer is.
  m.record<Product>(seen_by_staff("{t}.active = TRUE OR {t}.id IN (SELECT a.product FROM assets a "
                                  "JOIN contact_customers m ON m.customer = a.customer "
                                  "WHERE m.contact = $contact)"),
                    "products.read");
  m.record<ProductVersion>(seen_with("product", "product"), "products.read");
  m.record<Asset>(
      seen_by_staff("{t}.customer IN "
                    "(SELECT m.customer FROM contact_customers m WHERE m.contact = $contact)"),
      "products.read");
  m.event<Product>("products.added", "products.read");
  m.event<Product>("products.changed", "products.read");
  m.event<ProductVersion>("products.version_added", "products.read");
  m.event<ProductVersion>("products.version_changed", "products.read");
  m.event<ProductVersion>("products.version_removed", "products.read");
  m.event<Asset>("assets.added", "products.read");
  m.event<Asset>("assets.changed", "products.read");
}

}  // namespace

void install(Module& m) {
  constexpr auto read = "products.read", manage = "products.manage";
  install_records(m);
  m.get("/products", read, list_products).about("List products.");
  m.get("/products/{id}", read, get_product).about("Show a product.");
  m.create("/products", manage, add_product).about("Add a product.");
  m.patch("/products/{id}", manage, change_product).about("Change a product.");
  m.get("/products/{id}/versions", read, list_versions)
      .about("List a product's versions, the newest first.");
  m.get("/products/{id}/versions/{version}", read, get_version).about("Show a version.");
  m.create("/products/{id}/versions", manage, add_version).about("Add a version.");
  m.patch("/products/{id}/versions/{version}", manage, change_version).about("Change a version.");
  m.del("/products/{id}/versions/{version}", manage, remove_version)
      .about("Remove a version that is installed nowhere.");
  m.get("/assets", read, list_assets).about("List what is installed where.");
  m.get("/assets/{id}", read, get_asset).about("Show an asset.");
  m.create("/assets", manage, add_asset).about("Add an asset.");
  m.patch("/assets/{id}", manage, change_asset).about("Change an asset.");
  m.on("customers.merged", follow_merge);
  m.on("customers.merge_undone", follow_undo);
  customers::count_on_page(m, "assets", count_assets);
}

}  // namespace baijin::products
