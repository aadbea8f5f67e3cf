#pragma once
// Images of other hosts (外部图片) in what came from outside. Whoever shows one tells its host that
// the text was read, when and from where. So nobody's browser asks for them: somebody at the desk
// says "load images", the program fetches those that the text really shows, once, through the
// guarded door, and the page shows our copies (security.md X5, S1, S2).
#include <boost/describe.hpp>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "hub/change.h"
#include "hub/reader.h"
#include "modules/files/files.h"

namespace baijin {

class Module;

namespace remote_images {

enum class State { waiting, here, failed };
BOOST_DESCRIBE_ENUM(State, waiting, here, failed)

// Why there is nothing to show. What was refused and what did not answer are one: nobody learns
// here what listens where (S1).
enum class Trouble { unreachable, not_given, too_large, not_a_picture };
BOOST_DESCRIBE_ENUM(Trouble, unreachable, not_given, too_large, not_a_picture)

struct RemoteImage {
  Id<RemoteImage> id;
  Version version;
  Ref holder;  // "message:12": who sees it sees the image
  std::string address;
  State state = State::waiting;
  std::optional<Trouble> trouble;
  std::optional<Id<files::File>> file;
  Time asked_at;
};
FIELDS(RemoteImage, id, version, holder, address, state, trouble, file, asked_at)
TABLE(RemoteImage, "remote_image", "remote_images")

// What the page gets to know of one; the picture is at /remote-images/{id}.
struct RemoteImageCard {
  Id<RemoteImage> id;
  std::string address;  // as the text has it
  State state = State::waiting;
  std::optional<Trouble> trouble;
};
FIELDS(RemoteImageCard, id, address, state, trouble)

struct ImagesOf {
  Ref holder;
};
FIELDS(ImagesOf, holder)

struct ImagesWish {
  Ref holder;
  std::vector<std::string> found;  // the server's own note; what was sent is overwritten
};
FIELDS(ImagesWish, holder, found)

// For staff who see the holder; not_found to everybody else. Those that failed are tried again,
// those that are here are not asked for once more. invalid "not_one_of" when nothing of the
// holder's kind shows images.
void look_for_images(Reader& reader, ImagesWish& input);  // before the Change
std::vector<RemoteImageCard> load_images(Change& change, const ImagesWish& input);
std::vector<RemoteImageCard> list_images(Reader& reader, const ImagesOf& query);
void show_image(Reader& reader, Id<RemoteImage> id);

// What a record of this kind shows, as HTML that sanitise() made, to the reader's actor; called by
// install(). It throws not_found for what he may not see.
using HtmlOf = std::function<std::string(Reader&, std::int64_t id)>;
void shows_remote_images(Module& module, std::string_view kind, HtmlOf html_of);

void install(Module& m);

}  // namespace remote_images
}  // namespace baijin
