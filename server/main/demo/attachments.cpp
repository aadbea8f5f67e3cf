#include "main/demo/attachments.h"

#include <array>
#include <stdexcept>
#include <vector>

namespace baijin::demo {
namespace {

constexpr const char* measured[] = {"服务器",   "工作站 03", "终端 12", "数据库",   "备份盘",
                                    "接口队列", "二厂",      "设计科",  "打印服务", "授权服务"};
constexpr const char* findings[] = {"正常", "正常", "正常", "偏高", "需关注", "已处理"};

std::string table(std::string_view subject, Dice& dice) {
  std::string text = "\xEF\xBB\xBF序号,对象,数值,结果,备注\r\n";
  auto rows = dice.between(12, 40);
  for (std::int64_t row = 1; row <= rows; ++row) {
    text += std::to_string(row) + "," + dice.one_of(measured) + "," +
            std::to_string(dice.between(1, 9'999)) + "." + std::to_string(dice.between(0, 9)) +
            "," + dice.one_of(findings) + ",\"" + (row == 1 ? std::string(subject) : "") + "\"\r\n";
  }
  return text;
}

std::string note(std::string_view subject, Dice& dice) {
  std::string text = std::string(subject) + "\n\n";
  auto lines = dice.between(4, 9);
  for (std::int64_t line = 1; line <= lines; ++line) {
    text += std::to_string(line) + ". " + dice.one_of(measured) + "：" + dice.one_of(findings) +
            "（" + std::to_string(dice.between(1, 99)) + "）\n";
  }
  return text;
}

void append_big_endian(std::string& out, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift);
}

std::uint32_t crc32(std::string_view bytes) {
  static const auto table = [] {
    std::array<std::uint32_t, 256> made{};
    for (std::uint32_t i = 0; i < 256; ++i) {
      auto c = i;
      for (int bit = 0; bit < 8; ++bit) c = (c & 1) ? 0xEDB88320u ^ (c >> 1) : c >> 1;
      made[i] = c;
    }
    return made;
  }();
  std::uint32_t crc = 0xFFFFFFFFu;
  for (char c : bytes) crc = table[(crc ^ static_cast<unsigned char>(c)) & 0xFF] ^ (crc >> 8);
  return ~crc;
}

void append_chunk(std::string& out, std::string_view kind, std::string_view content) {
  append_big_endian(out, static_cast<std::uint32_t>(content.size()));
  std::string named(kind);
  named += content;
  out += named;
  append_big_endian(out, crc32(named));
}

// zlib's format with stored blocks: nothing is compressed, nothing is needed to make it.
std::string stored(std::string_view bytes) {
  std::string out("\x78\x01");
  std::uint32_t a = 1, b = 0;
  for (char c : bytes) {
    a = (a + static_cast<unsigned char>(c)) % 65'521;
    b = (b + a) % 65'521;
  }
  while (true) {
    auto size = std::min<std::size_t>(bytes.size(), 65'535);
    bool last = size == bytes.size();
    out += static_cast<char>(last ? 1 : 0);
    out += static_cast<char>(size & 0xFF);
    out += static_cast<char>(size >> 8);
    out += static_cast<char>(~size & 0xFF);
    out += static_cast<char>((~size >> 8) & 0xFF);
    out += bytes.substr(0, size);
    bytes.remove_prefix(size);
    if (last) break;
  }
  append_big_endian(out, (b << 16) | a);
  return out;
}

struct Canvas {
  int width, height;
  std::vector<unsigned char> grey;

  void box(int x, int y, int w, int h, unsigned char tone) {
    for (int row = std::max(0, y); row < std::min(height, y + h); ++row) {
      for (int column = std::max(0, x); column < std::min(width, x + w); ++column) {
        grey[static_cast<std::size_t>(row * width + column)] = tone;
      }
    }
  }
};

}  // namespace

std::string drawing(int width, int height, Dice& dice) {
  Canvas canvas{width, height, {}};
  canvas.grey.assign(static_cast<std::size_t>(width * height), 0xF4);
  canvas.box(0, 0, width, 14, 0x50);
  canvas.box(0, 14, width / 5, height, 0xD8);
  auto boxes = dice.between(4, 9);
  for (std::int64_t i = 0; i < boxes; ++i) {
    auto x = static_cast<int>(dice.between(width / 4, width - 40));
    auto y = static_cast<int>(dice.between(22, height - 20));
    auto w = static_cast<int>(dice.between(16, width / 3));
    auto h = static_cast<int>(dice.between(6, height / 4));
    canvas.box(x, y, w, h, static_cast<unsigned char>(dice.between(0x60, 0xC8)));
    canvas.box(x + 2, y + 2, w - 4, h - 4, 0xFF);
  }
  std::string rows;
  for (int row = 0; row < height; ++row) {
    rows += '\0';  // this row is not filtered
    rows.append(reinterpret_cast<const char*>(&canvas.grey[static_cast<std::size_t>(row * width)]),
                static_cast<std::size_t>(width));
  }
  std::string header;
  append_big_endian(header, static_cast<std::uint32_t>(width));
  append_big_endian(header, static_cast<std::uint32_t>(height));
  header += '\x08';
  header.append(4, '\0');  // greyscale, the usual ways
  std::string png("\x89PNG\r\n\x1A\n");
  append_chunk(png, "IHDR", header);
  append_chunk(png, "IDAT", stored(rows));
  append_chunk(png, "IEND", "");
  return png;
}

std::string attachment(std::string_view name, std::string_view subject, Dice& dice) {
  if (name.ends_with(".csv")) return table(subject, dice);
  if (name.ends_with(".txt")) return note(subject, dice);
  if (name.ends_with(".png")) return drawing(320, 180, dice);
  throw std::logic_error("the demo cannot make the file " + std::string(name));
}

}  // namespace baijin::demo
