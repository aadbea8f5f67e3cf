// What a new desk starts with: the twelve service types (TKT-2), categories, the priority matrix.
#include <map>

#include "modules/catalogue/routes.h"

namespace baijin::catalogue {
namespace {

using Ids = std::map<std::string_view, Id<Workflow>>;

struct TypeLine {
  const char *key, *name_zh, *name_en, *about_zh, *about_en, *workflow, *icon, *form;
  Priority priority;
  bool changes_system, tested, signed_off, in_portal;
};

constexpr auto P2 = Priority::P2, P3 = Priority::P3, P4 = Priority::P4;

constexpr TypeLine types[] = {
    {"fault", "故障", "Fault", "系统不能正常工作", "Something does not work as it should", "main",
     "fault", "fault_handling", P3, true, true, false, true},
    {"consultation", "咨询", "Consultation", "关于使用、配置或方案的问题",
     "A question about use, settings or plans", "consultation", "question", nullptr, P4, false,
     false, false, true},
    {"training", "培训", "Training", "课堂、远程或定制培训",
     "Classroom, remote or customised courses", "main", "training", "training_sign_in", P4, false,
     false, false, true},
    {"inspection", "系统巡检", "Inspection", "对运行中的系统进行检查",
     "A check of the running system", "main", "inspection", "inspection_report", P3, false, false,
     false, true},
    {"maintenance", "维护", "Maintenance", "备份、清理、补丁等日常维护",
     "Backups, clean-ups, patches and the like", "main", "maintenance", "fault_handling", P3, true,
     true, false, true},
    {"upgrade", "升级", "Upgrade", "安装新版本", "Bringing in a new version", "main", "upgrade",
     nullptr, P3, true, true, false, true},
    {"installation", "安装调试", "Installation and commissioning", "安装、调试并交付使用",
     "Setting up and handing over", "main", "installation", "acceptance_certificate", P3, true,
     true, true, true},
    {"change", "需求变更及扩展开发", "Requirement change and extension", "新增或修改功能",
     "New or changed functions", "main", "change", "requirement_change", P3, true, true, true,
     true},
    {"repair_return", "返厂维修", "Repair return", "设备寄回维修或更换",
     "Equipment sent in for repair or replacement", "main", "repair", "repair_return", P3, false,
     true, false, true},
    {"care", "客户关怀、走访", "Customer care and visits", "回访、走访与节日问候",
     "Call-backs, visits and greetings", "main", "care", "visit_report", P4, false, false, false,
     false},
    {"complaint", "投诉", "Complaint", "对服务或产品的不满",
     "Dissatisfaction with service or product", "complaint", "complaint", nullptr, P2, false, false,
     false, true},
    {"feedback", "建议", "Feedback", "对设计、功能、性能的意见",
     "Opinions on design, function and performance", "feedback", "idea", nullptr, P4, false, false,
     false, true}};

struct CategoryLine {
  const char *key, *parent, *name_zh, *name_en;
};
constexpr CategoryLine categories[] = {
    {"software", nullptr, "软件故障", "Software fault"},
    {"crash", "software", "崩溃、无法启动", "Crash or no start"},
    {"wrong_result", "software", "结果错误", "Wrong result"},
    {"display", "software", "界面显示异常", "Display problem"},
    {"printing", "software", "打印、报表", "Printing and reports"},
    {"installation", nullptr, "安装与部署", "Installation"},
    {"upgrade", "installation", "升级与补丁", "Upgrades and patches"},
    {"environment", "installation", "运行环境", "Environment"},
    {"performance", nullptr, "性能", "Performance"},
    {"slow", "performance", "响应缓慢", "Slow answers"},
    {"resources", "performance", "资源占用过高", "High use of resources"},
    {"licence", nullptr, "授权与许可", "Licence"},
    {"data", nullptr, "数据", "Data"},
    {"data_loss", "data", "数据丢失或损坏", "Loss or damage"},
    {"data_repair", "data", "数据修正", "Correction"},
    {"backup", "data", "备份与恢复", "Backup and restore"},
    {"migration", "data", "导入、导出与迁移", "Import, export, migration"},
    {"interface", nullptr, "接口与集成", "Interfaces"},
    {"hardware", nullptr, "硬件", "Hardware"},
    {"server", "hardware", "服务器与存储", "Servers and storage"},
    {"peripheral", "hardware", "终端与外设", "Terminals and peripherals"},
    {"network", nullptr, "网络", "Network"},
    {"security", nullptr, "安全", "Security"},
    {"account", "security", "账号与权限", "Accounts and permissions"},
    {"how_to", nullptr, "使用方法", "How to"},
    {"other", nullptr, "其他", "Other"}};

Ids add_workflows(Change& change) {
  Ids ids;
  static const auto texts = preset_workflows();
  for (const auto& text : texts) {
    Workflow made{{},           {},         text.key,    text.name_zh,
                  text.name_en, text.start, text.states, text.transitions};
    change.add(made);
    change.tell("catalogue.workflow_added", made);
    ids[text.key.value] = made.id;
  }
  return ids;
}

std::vector<IntakeField> intake_of(const TypeLine& line) {
  std::vector<IntakeField> fields{{{"product"}, false}, {{"asset"}, false}};
  std::string_view key = line.key;
  if (key == "fault") {
    for (auto name : {"severity", "impact", "category", "occurred_at"}) {
      fields.push_back({{name}, false});
    }
  }
  for (auto on_site : {"inspection", "maintenance", "installation", "training", "upgrade"}) {
    if (key == on_site) {
      fields.push_back({{"site"}, false});
      fields.push_back({{"appointment"}, false});
    }
  }
  fields.push_back({{"attachment"}, false});
  return fields;
}

// What a stranger may ask without showing that he has anything of ours.
bool is_for_guests(std::string_view key) {
  return key == "fault" || key == "consultation" || key == "complaint" || key == "feedback";
}

void add_types(Change& change, const Ids& workflows) {
  std::int64_t sort = 0;
  for (const auto& line : types) {
    ServiceType type;
    type.key = {line.key};
    type.name_zh = {line.name_zh};
    type.name_en = {line.name_en};
    type.about_zh = {{line.about_zh}};
    type.about_en = {{line.about_en}};
    type.workflow = workflows.at(line.workflow);
    type.icon = Slug{line.icon};
    type.sort = sort += 10;
    type.in_portal = line.in_portal;
    type.for_guests = is_for_guests(line.key);
    type.default_priority = line.priority;
    type.changes_customer_system = line.changes_system;
    type.test_required = line.tested;
    type.signature_required = line.signed_off;
    if (line.form) type.form = Slug{line.form};
    type.intake = intake_of(line);
    change.add(type);
    change.tell("catalogue.service_type_added", type);
  }
}

void add_categories(Change& change) {
  std::map<std::string_view, Id<Category>> ids;
  std::int64_t sort = 0;
  for (const auto& line : categories) {
    Category category;
    if (line.parent) category.parent = ids.at(line.parent);
    category.key = {line.key};
    category.name_zh = {line.name_zh};
    category.name_en = {line.name_en};
    category.sort = sort += 10;
    change.add(category);
    change.tell("catalogue.category_added", category);
    ids[line.key] = category.id;
  }
}

// Who suffers (I1 the whole organisation … I4 one person) against how badly (S1 nothing works …
// S4 a blemish).
void add_priorities(Change& change) {
  constexpr const char* rows[] = {"1122", "1223", "2334", "3444"};
  PriorityMatrix matrix;
  for (int s = 0; s < 4; ++s) {
    for (int i = 0; i < 4; ++i) {
      matrix.items.push_back({static_cast<Severity>(s), static_cast<Impact>(i),
                              static_cast<Priority>(rows[s][i] - '1')});
    }
  }
  put_priorities(change, matrix);
}

}  // namespace

void fill_catalogue(Change& change) {
  add_types(change, add_workflows(change));
  add_categories(change);
  add_priorities(change);
}

}  // namespace baijin::catalogue
