#include "mime/reader.h"

namespace baijin::mime {
namespace {

class DirectReader : public MessageReader {
 public:
  Reading read(std::string_view bytes) override {
    return {Reading::Outcome::read, read_message(bytes)};
  }
};

}  // namespace

MessageReader& direct_reader() {
  static DirectReader reader;
  return reader;
}

}  // namespace baijin::mime
