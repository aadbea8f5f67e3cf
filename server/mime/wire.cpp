#include "mime/wire.h"

#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <concepts>
#include <cstring>
#include <optional>
#include <stdexcept>
#include <type_traits>

namespace baijin::mime {
namespace {

namespace describe = boost::describe;

template <class T>
concept Described = std::is_class_v<T> && describe::has_describe_members<T>::value;
template <class T>
using Members = describe::describe_members<T, describe::mod_public>;

void put_number(std::string& out, std::uint64_t value) {
  char bytes[sizeof value];
  std::memcpy(bytes, &value, sizeof value);
  out.append(bytes, sizeof bytes);
}

void put(std::string& out, const std::string& text) {
  put_number(out, text.size());
  out += text;
}
template <class T>
requires std::integral<T> || std::is_enum_v<T>
void put(std::string& out, T value) { put_number(out, static_cast<std::uint64_t>(value)); }
void put(std::string& out, Time time) { put(out, time.us); }

template <Described T>
void put(std::string& out, const T& record);
template <class T>
void put(std::string& out, const std::vector<T>& list);
template <class T>
void put(std::string& out, const std::optional<T>& value);

template <Described T>
void put(std::string& out, const T& record) {
  boost::mp11::mp_for_each<Members<T>>([&](auto member) { put(out, record.*member.pointer); });
}
template <class T>
void put(std::string& out, const std::vector<T>& list) {
  put_number(out, list.size());
  for (const auto& value : list) put(out, value);
}
template <class T>
void put(std::string& out, const std::optional<T>& value) {
  put(out, value.has_value());
  if (value) put(out, *value);
}

class WireReader {
 public:
  explicit WireReader(std::string_view bytes) : bytes_(bytes) {}

  void get(std::string& text) { text = take(number()); }
  void get(bool& value) {
    const auto read = number();
    if (read > 1) refuse();
    value = read == 1;
  }
  void get(int& value) { value = static_cast<int>(static_cast<std::int64_t>(number())); }
  void get(Time& time) { time.us = static_cast<std::int64_t>(number()); }

  template <class E>
  requires std::is_enum_v<E>
  void get(E& value) {
    const auto read = number();
    bool known = false;
    boost::mp11::mp_for_each<describe::describe_enumerators<E>>(
        [&](auto one) { known = known || read == static_cast<std::uint64_t>(one.value); });
    if (!known) refuse();
    value = static_cast<E>(read);
  }
  template <Described T>
  void get(T& record) {
    boost::mp11::mp_for_each<Members<T>>([&](auto member) { get(record.*member.pointer); });
  }
  template <class T>
  void get(std::vector<T>& list) {
    const auto count = number();
    if (count > bytes_.size()) refuse();  // nothing takes less than a byte
    for (std::uint64_t i = 0; i < count; ++i) get(list.emplace_back());
  }
  template <class T>
  void get(std::optional<T>& value) {
    bool present = false;
    get(present);
    if (present) get(value.emplace());
  }

  void finish() const {
    if (!bytes_.empty()) refuse();
  }

 private:
  [[noreturn]] static void refuse() {
    throw std::runtime_error("a message was garbled on its way");
  }

  std::string_view take(std::uint64_t size) {
    if (size > bytes_.size()) refuse();
    const auto taken = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return taken;
  }
  std::uint64_t number() {
    std::uint64_t value = 0;
    std::memcpy(&value, take(sizeof value).data(), sizeof value);
    return value;
  }

  std::string_view bytes_;
};

}  // namespace

std::string to_wire(const Message& message) {
  std::string out;
  put(out, message);
  return out;
}

Message from_wire(std::string_view bytes) {
  WireReader reader(bytes);
  Message message;
  reader.get(message);
  reader.finish();
  return message;
}

}  // namespace baijin::mime
