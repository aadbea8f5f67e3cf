#pragma once
// Products and assets in the search.
#include "hub/change.h"
#include "modules/products/products.h"

namespace baijin::products {

void make_findable(Change& change, const Product& product);
void make_findable(Change& change, const Asset& asset);

}  // namespace baijin::products
