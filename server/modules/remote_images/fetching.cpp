#include "modules/remote_images/fetching.h"

#include "base/log.h"
#include "hub/hub.h"
#include "hub/module.h"
#include "modules/remote_images/rules.h"

namespace baijin::remote_images {
namespace {

constexpr std::string_view fetch_errand = "remote_images.fetch";
constexpr std::int64_t swept_at_once = 1'000;

struct Payload {
  Ref holder;
};
FIELDS(Payload, holder)

std::vector<RemoteImage> waiting_of(Reader& reader, const Ref& holder) {
  return reader.list<RemoteImage>(R"(SELECT {fields i} FROM remote_images i
      WHERE i.holder = $1 AND i.state = 'waiting' {all: the program's own work}
      ORDER BY i.id LIMIT $2)",
                                  holder, static_cast<std::int64_t>(images_at_once));
}

std::vector<RemoteImage> prepare(Reader& reader, const Payload& payload) {
  return waiting_of(reader, payload.holder);
}

struct Fetched {
  Id<RemoteImage> image;
  std::string sha256;
  std::int64_t bytes = 0;
  std::optional<Trouble> trouble;
};

Fetched fetch(Outside& outside, const RemoteImage& image) {
  Fetched fetched{image.id, {}, 0, {}};
  try {
    auto answer = outside.http.call(call_for(image.address));
    fetched.trouble = trouble_with(answer);
    if (fetched.trouble) return fetched;
    fetched.bytes = static_cast<std::int64_t>(answer.body.size());
    fetched.sha256 = outside.blobs.store(answer.body);
  } catch (const LineFailure& failure) {
    if (failure.reason == "stopped") throw;  // the program ends: it is asked for again
    log::info("remote_images.failed",
              {{"image", image.id.value}, {"why", failure.reason}, {"said", failure.said}});
    fetched.trouble = trouble_of(failure.reason);
  }
  return fetched;
}

std::vector<Fetched> talk(Outside& outside, const std::vector<RemoteImage>& images,
                          std::string_view) {
  std::vector<Fetched> all;
  all.reserve(images.size());
  for (const auto& image : images) all.push_back(fetch(outside, image));
  return all;
}

// What is in it decides, not what its host says of it (A1).
void keep(Change& change, RemoteImage& image, const Fetched& fetched) {
  auto file = files::add_stored(change, {"image", fetched.sha256, fetched.bytes},
                                {"remote_image", image.id.value});
  if (files::is_picture(file)) {
    image.file = file.id;
  } else {
    files::discard_attached(change, file.id);
    image.trouble = Trouble::not_a_picture;
  }
}

void settle(Change& change, const Payload& payload, const std::vector<Fetched>& all) {
  for (const auto& fetched : all) {
    auto found = change.find_unseen(fetched.image);
    if (!found || found->state != State::waiting) continue;
    auto image = change.take_unseen(fetched.image);
    image.trouble = fetched.trouble;
    if (!image.trouble) keep(change, image, fetched);
    image.state = image.trouble ? State::failed : State::here;
    change.save(image);
    change.tell("remote_images.came", image);
  }
  if (waiting_of(change, payload.holder).empty()) return;
  change.schedule(fetch_errand, payload.holder.text(), change.now(), payload);
}

void sweep(Change& change) {
  auto old = change.list<RemoteImage>(R"(SELECT {fields i} FROM remote_images i
      WHERE i.asked_at < $1 AND i.state <> 'waiting' {all: the program sweeps}
      ORDER BY i.id LIMIT $2)",
                                      change.now() - kept, swept_at_once);
  for (const auto& image : old) {
    if (image.file) files::discard_attached(change, *image.file);
    change.remove(image);
    change.tell("remote_images.forgotten", image);
  }
}

}  // namespace

void fetch_soon(Change& change, const Ref& holder) {
  change.wake(fetch_errand, holder.text(), Payload{holder});
}

void install_fetching(Module& m) {
  m.errand<Payload, std::vector<RemoteImage>, std::vector<Fetched>>(fetch_errand, prepare, talk,
                                                                    settle);
  m.daily("remote_images.sweep", 200, sweep);
}

}  // namespace baijin::remote_images
