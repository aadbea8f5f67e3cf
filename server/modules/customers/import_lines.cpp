#include "modules/customers/import_lines.h"

#include <algorithm>
#include <fstream>

#include "base/csv.h"
#include "base/decoded.h"
#include "modules/accounts/accounts.h"
#include "modules/customers/rules.h"

namespace baijin::customers {
namespace {

using boost::json::object;

// A column under the name it has in the API, or as it stands in a spreadsheet in Chinese.
struct Column {
  std::string_view name, name_zh;
};
constexpr Column customer_columns[] = {
    {"name", "客户名称"}, {"short_name", "简称"}, {"tier", "级别"},  {"region", "区域"},
    {"industry", "行业"}, {"address", "地址"},    {"phone", "电话"}, {"email_domain", "邮箱域名"},
    {"website", "网站"},  {"notes", "备注"}};
constexpr Column contact_columns[] = {
    {"name", "姓名"},   {"title", "职务"},        {"form_of_address", "称呼"},
    {"email", "邮箱"},  {"phone", "电话"},        {"mobile", "手机"},
    {"locale", "语言"}, {"customer", "客户名称"}, {"lead", "主管领导"}};

std::span<const Column> columns_of(ImportKind kind) {
  if (kind == ImportKind::customers) return customer_columns;
  return contact_columns;
}

std::vector<std::string_view> read_header(const CsvRow& head, ImportKind kind) {
  if (head.problem) throw invalid(*head.problem, "header");
  auto known = columns_of(kind);
  std::vector<std::string_view> columns;
  for (const auto& cell : head.cells) {
    auto said = folded(cell);
    auto found = std::find_if(known.begin(), known.end(), [&](const Column& one) {
      return said == one.name || said == one.name_zh;
    });
    if (found == known.end()) throw invalid("unknown_column", cell, cell);
    if (std::find(columns.begin(), columns.end(), found->name) != columns.end()) {
      throw invalid("column_twice", cell, cell);
    }
    columns.push_back(found->name);
  }
  if (std::find(columns.begin(), columns.end(), "name") == columns.end()) {
    throw invalid("missing_column", "name", "name");
  }
  return columns;
}

bool means_yes(std::string_view cell) {
  constexpr std::string_view words[] = {"true", "yes", "y", "1", "是", "√"};
  return std::find(std::begin(words), std::end(words), folded(cell)) != std::end(words);
}

// The field's own decoder judges it; its errors become the line's problems.
template <class T>
std::optional<T> decoded(const object& said, ImportLine& line) {
  try {
    return from_json<T>(said);
  } catch (const Error& error) {
    note_problems(line.line, error, line.problems);
  }
  return {};
}

// A name in the place of an id.
template <class T>
void put_id(object& said, std::string_view column, ImportLine& line, std::string_view reason,
            const std::optional<Id<T>>& found) {
  if (found) said[column] = found->value;
  else {
    said.erase(column);
    line.problems.push_back({line.line, std::string(column), std::string(reason)});
  }
}

std::optional<Id<accounts::Region>> region_named(Reader& reader, std::string_view name) {
  return reader.value<Id<accounts::Region>>(
      "SELECT r.id FROM regions r WHERE {visible r} AND r.name = $1", name);
}

// Whose belongings a line of people names; taken out of what its decoder gets.
object belonging_in(Reader& reader, object& said, ImportLine& line) {
  object belonging;
  if (const auto* name = said.if_contains("customer")) {
    Lookup wanted;
    wanted.name = std::string(name->as_string());
    auto found = lookup_customers(reader, wanted);
    std::optional<Id<Customer>> only_one;
    if (found.size() == 1) only_one = found.front().id;
    put_id(belonging, "customer", line, found.empty() ? "unknown_customer" : "several_customers",
           only_one);
  }
  if (const auto* lead = said.if_contains("lead")) belonging["lead"] = means_yes(lead->as_string());
  said.erase("customer");
  said.erase("lead");
  return belonging;
}

}  // namespace

ImportFile::ImportFile(Reader& reader, ImportKind kind, const std::string& path)
    : reader_(reader), kind_(kind), path_(path) {}

void ImportFile::each(std::int64_t skipped, const std::function<bool(ImportLine&)>& sink) {
  std::ifstream file(path_, std::ios::binary);
  DecodedFile text(file);
  CsvReader rows([&](std::string& piece) { return text.next(piece); });
  CsvRow row;
  if (!rows.next(row)) throw invalid("empty_file", "file");
  auto columns = read_header(row, kind_);
  std::int64_t count = 0;
  while (rows.next(row)) {
    if (++count > most_import_lines) throw invalid("too_many_lines", "file");
    if (count <= skipped) continue;
    ImportLine line;
    line.line = row.line;
    if (row.problem) {
      line.problems.push_back({row.line, "", *row.problem});
    } else if (row.cells.size() != columns.size()) {
      line.problems.push_back({row.line, "", "wrong_number_of_cells"});
    } else {
      object said;
      for (std::size_t i = 0; i < columns.size(); ++i) {
        auto cell = without_formula_guard(row.cells[i]);
        if (cell.find_first_not_of(" \t") != cell.npos) said[columns[i]] = cell;
      }
      fill(line, std::move(said));
    }
    if (!sink(line)) return;
  }
}

void ImportFile::fill(ImportLine& line, object said) {
  if (kind_ == ImportKind::customers) {
    if (const auto* region = said.if_contains("region")) {
      std::string name(region->as_string());
      put_id(said, "region", line, "unknown_region", region_named(reader_, name));
    }
    auto customer = decoded<NewCustomer>(said, line);
    if (customer && customer->email_domain) check_domain(line, *customer);
    if (line.problems.empty()) line.customer = std::move(customer);
  } else {
    auto belonging = belonging_in(reader_, said, line);
    auto contact = decoded<NewContact>(said, line);
    if (contact && contact->locale) check_locale(line, *contact);
    if (line.problems.empty()) {
      line.contact = std::move(contact);
      if (belonging.contains("customer")) {
        line.contact->customers.push_back(from_json<Belonging>(belonging));
      }
    }
  }
  if (line.problems.empty()) look_for_known(line);
}

void ImportFile::check_domain(ImportLine& line, const NewCustomer& customer) {
  try {
    rules::checked_domain(customer.email_domain->value);
  } catch (const Error& error) {
    line.problems.push_back({line.line, "email_domain", error.reason});
  }
}

void ImportFile::check_locale(ImportLine& line, const NewContact& contact) {
  try {
    rules::check_locale(contact.locale->value);
  } catch (const Error& error) {
    line.problems.push_back({line.line, "locale", error.reason});
  }
}

// Organisations are known by name, people by address or number: many share a name.
void ImportFile::look_for_known(ImportLine& line) {
  if (line.customer) {
    const auto& customer = *line.customer;
    Lookup wanted;
    wanted.name = customer.name.value;
    for (auto& like : lookup_customers(reader_, wanted)) {
      line.duplicate = {line.line, like.name.value, {"customer", like.id.value}, like.by};
      return;
    }
    return note_twice(line, customer.name.value, rules::name_key(customer.name.value));
  }
  const auto& contact = *line.contact;
  Lookup wanted;
  if (contact.email) wanted.email = contact.email->value;
  if (contact.mobile) wanted.phone = contact.mobile->value;
  if (!wanted.email && !wanted.phone) return;
  for (auto& like : lookup_contacts(reader_, wanted)) {
    line.duplicate = {line.line, like.name.value, {"contact", like.id.value}, like.by};
    return;
  }
  if (contact.email) note_twice(line, contact.name.value, rules::email_key(contact.email->value));
  if (contact.mobile) note_twice(line, contact.name.value, rules::phone_key(contact.mobile->value));
}

void ImportFile::note_twice(ImportLine& line, const std::string& name, const std::string& key) {
  if (key.empty()) return;
  auto [before, is_new] = seen_.try_emplace(key, line.line);
  if (is_new) return;
  line.duplicate = {line.line, name, {"line", before->second}, {"file"}};
}

}  // namespace baijin::customers
