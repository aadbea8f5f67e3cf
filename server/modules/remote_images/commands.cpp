#include <algorithm>

#include "hub/module.h"
#include "modules/remote_images/fetching.h"
#include "modules/remote_images/holders.h"
#include "modules/remote_images/rules.h"

namespace baijin::remote_images {
namespace {

// Customers could make us ask whomever they name: for them images of others stay off.
void must_see(Reader& reader, const Ref& holder) {
  if (!reader.actor().staff()) throw not_found();
  reader.must_see(holder);
}

std::vector<RemoteImage> images_of(Reader& reader, const Ref& holder) {
  return reader.list<RemoteImage>(R"(SELECT {fields i} FROM remote_images i
      WHERE i.holder = $1 {all: the caller sees what they are in} ORDER BY i.id)",
                                  holder);
}

void ask_again(Change& change, RemoteImage image) {
  image = change.take_unseen(image.id);
  image.state = State::waiting;
  image.trouble.reset();
  image.asked_at = change.now();
  change.save(image);
  change.tell("remote_images.asked", image);
}

void ask_for(Change& change, const Ref& holder, const std::string& address) {
  RemoteImage image;
  image.holder = holder;
  image.address = address;
  image.asked_at = change.now();
  change.add(image);
  change.tell("remote_images.asked", image);
}

}  // namespace

void look_for_images(Reader& reader, ImagesWish& input) {
  must_see(reader, input.holder);
  auto html = html_of(reader, input.holder);
  if (!html) throw invalid("not_one_of", "holder");
  input.found = addresses_in(*html);
}

std::vector<RemoteImageCard> load_images(Change& change, const ImagesWish& input) {
  must_see(change, input.holder);
  const auto known = images_of(change, input.holder);
  bool asked = false;
  for (const auto& address : input.found) {
    auto image = std::find_if(known.begin(), known.end(),
                              [&](const RemoteImage& one) { return one.address == address; });
    if (image == known.end()) ask_for(change, input.holder, address);
    else if (image->state == State::failed) ask_again(change, *image);
    else continue;
    asked = true;
  }
  if (asked) fetch_soon(change, input.holder);
  return list_images(change, {input.holder});
}

std::vector<RemoteImageCard> list_images(Reader& reader, const ImagesOf& query) {
  must_see(reader, query.holder);
  std::vector<RemoteImageCard> cards;
  for (auto& image : images_of(reader, query.holder)) {
    cards.push_back({image.id, std::move(image.address), image.state, image.trouble});
  }
  return cards;
}

void show_image(Reader& reader, Id<RemoteImage> id) {
  auto image = reader.find_unseen(id);
  if (!image) throw not_found();
  must_see(reader, image->holder);
  if (!image->file) throw not_found();
  files::show_picture(reader, *image->file, "private, max-age=3600");
}

}  // namespace baijin::remote_images
