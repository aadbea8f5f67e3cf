#pragma once
// The bytes of a connection that were received and not yet read. Small while nothing big comes:
// ten thousand idle connections share the machine.
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>

namespace baijin::net {

class ReadBuffer {
 public:
  std::string_view bytes() const { return {data_.get() + begin_, end_ - begin_}; }
  bool empty() const { return begin_ == end_; }
  void consume(std::size_t count) {
    begin_ += count;
    if (begin_ == end_) begin_ = end_ = 0;
  }
  void received(std::size_t count) { end_ += count; }
  char* space() { return data_.get() + end_; }
  std::size_t room() const { return capacity_ - end_; }

  // Makes room for at least one byte, with a capacity of at least `wanted`.
  void prepare(std::size_t wanted) {
    if (begin_ > 0) {
      std::memmove(data_.get(), data_.get() + begin_, end_ - begin_);
      end_ -= begin_;
      begin_ = 0;
    }
    if (wanted < small) wanted = small;
    if (end_ == capacity_ && wanted <= capacity_) wanted = capacity_ * 2;
    if (wanted > capacity_) grow(wanted);
  }
  // Gives a big buffer back once it is empty.
  void shrink() {
    if (!empty() || capacity_ <= small) return;
    data_.reset();
    capacity_ = 0;
  }

 private:
  static constexpr std::size_t small = 4'096;
  void grow(std::size_t capacity) {
    auto bigger = std::make_unique_for_overwrite<char[]>(capacity);
    if (end_ > 0) std::memcpy(bigger.get(), data_.get(), end_);
    data_ = std::move(bigger);
    capacity_ = capacity;
  }
  std::unique_ptr<char[]> data_;
  std::size_t capacity_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace baijin::net
