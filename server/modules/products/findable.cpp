#include "modules/products/findable.h"

#include "modules/search/search.h"

namespace baijin::products {
namespace {

template <class T>
void add_line(std::string& text, const std::optional<T>& part) {
  if (part) text += part->value + "\n";
}

// As written and without marks, so that both ways of typing a number find it.
void add_number(std::string& text, const std::optional<Text<1, 80>>& number,
                const std::optional<std::string>& key) {
  add_line(text, number);
  if (key) text += *key + "\n";
}

}  // namespace

void make_findable(Change& change, const Product& product) {
  search::Entry entry;
  entry.subject = {"product", product.id.value};
  entry.staff_only = true;  // it belongs to no customer
  entry.at = change.now();
  entry.title = product.name.value;
  add_line(entry.text, product.name_en);
  entry.text += product.code.value + "\n";
  add_line(entry.text, product.about);
  search::put(change, entry);
}

void make_findable(Change& change, const Asset& asset) {
  search::Entry entry;
  entry.subject = {"asset", asset.id.value};
  entry.customer = asset.customer;
  entry.at = change.now();
  entry.title = asset.name.value;
  add_number(entry.text, asset.serial, asset.serial_key);
  add_number(entry.text, asset.licence, asset.licence_key);
  search::put(change, entry);
}

}  // namespace baijin::products
