// Assets go with their customer when two customers become one, and back again.
#include "modules/customers/customers.h"
#include "modules/products/findable.h"
#include "modules/products/routes.h"

namespace baijin::products {
namespace {

void give_to(Change& change, Asset& asset, std::int64_t customer) {
  asset.customer.value = customer;
  change.save(asset);
  make_findable(change, asset);
  change.tell("assets.changed", asset);
}

}  // namespace

void follow_merge(Change& change, const Event& event) {
  auto news = customers::merge_news(event);
  auto ids = change.values<Id<Asset>>(
      "SELECT a.id FROM assets a WHERE {all: all of the other customer's move} AND a.customer = $1",
      news.other);
  for (auto id : ids) {
    auto asset = change.take_unseen(id);
    give_to(change, asset, news.kept);
    customers::remember_move(change, news.merge, "asset", id.value);
  }
}

void follow_undo(Change& change, const Event& event) {
  auto news = customers::merge_news(event);
  for (auto row : customers::moved_rows(change, news.merge, "asset")) {
    if (!change.find_unseen(Id<Asset>{row})) continue;
    auto asset = change.take_unseen(Id<Asset>{row});
    if (asset.customer.value == news.kept) give_to(change, asset, news.other);
  }
}

}  // namespace baijin::products
