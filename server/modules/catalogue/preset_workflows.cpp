// The workflows of a new desk: the main one (TKT-3) and three shorter ones. All of it is data that
// the administrator edits afterwards.
#include <span>

#include "modules/catalogue/routes.h"

namespace baijin::catalogue {
namespace {

struct StateLine {
  const char *key, *name_zh, *name_en;
  Phase phase;
  const char *customer_zh, *customer_en;
  bool clock_stops;
};

// `from`, `guards` and `needs` are lists with blanks between.
struct Step {
  const char *key, *from, *to, *name_zh, *name_en;
  const char* right = "tickets.transition";
  bool customer_may = false;
  const char *guards = "", *needs = "";
  bool notify = false;
};

constexpr const char* work = "tickets.work";

// Ends that all workflows share.
constexpr StateLine waiting_customer{
    "waiting_customer",        "等待客户", "Waiting on customer", Phase::waiting, "等待您的回复",
    "Waiting for your answer", true};
constexpr StateLine awaiting_customer{
    "awaiting_customer",    "待客户确认", "Awaiting customer", Phase::solved, "已处理，请您确认",
    "Done, please confirm", true};
constexpr StateLine closed{"closed", "已关闭", "Closed", Phase::closed, "已完成", "Finished", true};
constexpr StateLine evaluated{"evaluated",
                              "已评价",
                              "Evaluated",
                              Phase::closed,
                              "已完成，感谢您的评价",
                              "Finished, thank you for your rating",
                              true};
constexpr StateLine archived{"archived", "已归档",   "Archived", Phase::closed,
                             "已归档",   "Archived", true};
constexpr StateLine cancelled{"cancelled", "已取消",    "Cancelled", Phase::closed,
                              "已取消",    "Cancelled", true};
constexpr StateLine reopened{"reopened",   "重新打开",       "Reopened", Phase::open,
                             "已重新受理", "Taken up again", false};

constexpr StateLine main_states[] = {
    {"received", "已接收", "Received", Phase::fresh, "已收到您的请求", "We have your request",
     false},
    {"confirmed", "已确认", "Confirmed", Phase::open, "已确认您的需求", "We know what you need",
     false},
    {"assigned", "已派工", "Assigned", Phase::open, "已安排工程师", "An engineer is assigned",
     false},
    {"responded", "已响应", "Responded", Phase::open, "工程师已联系您",
     "The engineer has been in touch", false},
    {"diagnosing", "诊断中", "Diagnosing", Phase::open, "正在查找原因", "Looking for the cause",
     false},
    {"resolving", "处理中", "Resolving", Phase::open, "正在处理", "Being worked on", false},
    {"verifying", "待验证", "Verifying", Phase::open, "正在测试", "Being tested", false},
    awaiting_customer,
    closed,
    evaluated,
    archived,
    waiting_customer,
    {"waiting_third_party", "等待第三方", "Waiting on third party", Phase::waiting,
     "等待第三方或备件", "Waiting for parts or others", false},
    {"suspended", "已暂停", "Suspended", Phase::waiting, "已按约定暂停", "Paused as agreed", true},
    cancelled,
    reopened};

constexpr Step main_steps[] = {
    {"confirm", "received", "confirmed", "确认", "Confirm", "tickets.transition", false,
     "customer_named content_confirmed", "", true},
    {"assign", "confirmed reopened", "assigned", "派工", "Assign", "tickets.assign", false,
     "assignee_set", "assignee", true},
    {"respond", "assigned reopened", "responded", "响应", "Respond", work, false, "assignee_set"},
    {"diagnose", "responded reopened resolving verifying", "diagnosing", "开始诊断", "Diagnose",
     work, false, "assignee_set"},
    {"resolve", "diagnosing", "resolving", "开始处理", "Resolve", work, false,
     "diagnosis_present original_recorded backup_evidenced", "diagnosis"},
    {"verify", "resolving", "verifying", "提交验证", "Verify", work, false, "solution_present",
     "solution"},
    {"fail_test", "verifying", "resolving", "验证未通过", "Test failed", work, false, "", "reason"},
    {"offer", "resolving verifying", "awaiting_customer", "提交客户确认", "Offer to customer", work,
     false, "solution_present test_recorded", "solution", true},
    {"accept", "awaiting_customer", "closed", "确认已解决", "Confirm as solved",
     "tickets.transition", true, "form_signed", "", true},
    {"close", "awaiting_customer", "closed", "关闭", "Close", "tickets.transition", false,
     "customer_informed form_signed", "reason", true},
    {"reject", "awaiting_customer", "resolving", "未解决", "Not solved", "tickets.transition", true,
     "", "reason", true},
    {"evaluate", "closed", "evaluated", "评价", "Rate", "tickets.transition", true, "", "rating"},
    {"archive", "closed evaluated cancelled", "archived", "归档", "Archive"},
    {"wait_customer",
     "received confirmed assigned responded diagnosing resolving verifying reopened",
     "waiting_customer", "等待客户", "Wait for customer", work, false, "", "reason", true},
    {"wait_third_party", "confirmed assigned responded diagnosing resolving verifying reopened",
     "waiting_third_party", "等待第三方", "Wait for third party", work, false, "", "reason", true},
    {"suspend", "received confirmed assigned responded diagnosing resolving verifying reopened",
     "suspended", "暂停", "Suspend", "tickets.transition", false, "", "reason", true},
    {"resume_confirmed", "waiting_customer waiting_third_party suspended", "confirmed",
     "恢复到已确认", "Resume as confirmed", work, false, "customer_named content_confirmed"},
    {"resume", "waiting_customer waiting_third_party suspended", "responded", "恢复", "Resume",
     work, false, "assignee_set"},
    {"resume_diagnosis", "waiting_customer waiting_third_party suspended", "diagnosing", "恢复诊断",
     "Resume diagnosis", work, false, "assignee_set"},
    {"resume_work", "waiting_customer waiting_third_party suspended", "resolving", "恢复处理",
     "Resume work", work, false, "diagnosis_present original_recorded backup_evidenced"},
    {"cancel",
     "received confirmed assigned responded diagnosing resolving verifying waiting_customer "
     "waiting_third_party suspended reopened",
     "cancelled", "取消", "Cancel", "tickets.transition", false, "", "reason", true},
    {"withdraw", "received confirmed assigned responded waiting_customer", "cancelled", "撤回",
     "Withdraw", "tickets.transition", true, "", "reason", true},
    {"reopen", "closed evaluated cancelled", "reopened", "重新打开", "Reopen", "tickets.transition",
     true, "", "reason", true}};

constexpr StateLine consultation_states[] = {
    {"received", "已接收", "Received", Phase::fresh, "已收到您的问题", "We have your question",
     false},
    {"answering", "解答中", "Answering", Phase::open, "正在解答", "Being answered", false},
    waiting_customer,
    awaiting_customer,
    closed,
    evaluated,
    archived,
    cancelled,
    reopened};

constexpr Step consultation_steps[] = {
    {"take_up", "received reopened waiting_customer", "answering", "开始解答", "Take up", work,
     false, "assignee_set"},
    {"wait_customer", "received answering reopened", "waiting_customer", "等待客户",
     "Wait for customer", work, false, "", "reason", true},
    {"offer", "answering", "awaiting_customer", "提交客户确认", "Offer to customer", work, false,
     "solution_present", "solution", true},
    {"accept", "awaiting_customer", "closed", "确认已解答", "Confirm as answered",
     "tickets.transition", true, "", "", true},
    {"close", "awaiting_customer", "closed", "关闭", "Close", "tickets.transition", false,
     "customer_informed", "reason", true},
    {"reject", "awaiting_customer", "answering", "仍有疑问", "Still unclear", "tickets.transition",
     true, "", "reason", true},
    {"evaluate", "closed", "evaluated", "评价", "Rate", "tickets.transition", true, "", "rating"},
    {"archive", "closed evaluated cancelled", "archived", "归档", "Archive"},
    {"cancel", "received answering waiting_customer reopened", "cancelled", "取消", "Cancel",
     "tickets.transition", false, "", "reason", true},
    {"withdraw", "received answering waiting_customer", "cancelled", "撤回", "Withdraw",
     "tickets.transition", true, "", "reason", true},
    {"reopen", "closed evaluated cancelled", "reopened", "重新打开", "Reopen", "tickets.transition",
     true, "", "reason", true}};

constexpr StateLine complaint_states[] = {
    {"received", "已接收", "Received", Phase::fresh, "已收到您的投诉", "We have your complaint",
     false},
    {"acknowledged", "已受理", "Acknowledged", Phase::open, "已受理，由专人负责",
     "Taken on by a person in charge", false},
    {"investigating", "调查中", "Investigating", Phase::open, "正在调查", "Being looked into",
     false},
    {"remedying", "整改中", "Remedying", Phase::open, "正在改进", "Being put right", false},
    waiting_customer,
    awaiting_customer,
    closed,
    evaluated,
    archived,
    cancelled,
    reopened};

constexpr Step complaint_steps[] = {
    {"acknowledge", "received reopened", "acknowledged", "受理", "Acknowledge",
     "tickets.transition", false, "customer_named assignee_set", "", true},
    {"investigate", "acknowledged waiting_customer", "investigating", "开始调查", "Investigate",
     work, false, "assignee_set"},
    {"remedy", "investigating", "remedying", "开始整改", "Remedy", work, false, "diagnosis_present",
     "diagnosis"},
    {"wait_customer", "acknowledged investigating remedying reopened", "waiting_customer",
     "等待客户", "Wait for customer", work, false, "", "reason", true},
    {"resume", "waiting_customer", "acknowledged", "恢复", "Resume", work},
    {"offer", "investigating remedying", "awaiting_customer", "提交客户确认", "Offer to customer",
     work, false, "solution_present", "solution", true},
    {"accept", "awaiting_customer", "closed", "接受处理结果", "Accept the outcome",
     "tickets.transition", true, "", "", true},
    {"close", "awaiting_customer", "closed", "关闭", "Close", "tickets.transition", false,
     "customer_informed", "reason", true},
    {"reject", "awaiting_customer", "investigating", "不接受", "Not accepted", "tickets.transition",
     true, "", "reason", true},
    {"evaluate", "closed", "evaluated", "评价", "Rate", "tickets.transition", true, "", "rating"},
    {"archive", "closed evaluated cancelled", "archived", "归档", "Archive"},
    {"cancel", "received acknowledged reopened", "cancelled", "取消", "Cancel",
     "tickets.transition", false, "", "reason", true},
    {"withdraw", "received acknowledged investigating waiting_customer", "cancelled", "撤回",
     "Withdraw", "tickets.transition", true, "", "reason", true},
    {"reopen", "closed evaluated cancelled", "reopened", "重新打开", "Reopen", "tickets.transition",
     true, "", "reason", true}};

constexpr StateLine feedback_states[] = {
    {"received", "已接收", "Received", Phase::fresh, "已收到您的建议", "We have your opinion",
     false},
    {"reviewing", "评审中", "Reviewing", Phase::open, "正在评审", "Being considered", false},
    {"planned", "已列入计划", "Planned", Phase::waiting, "已列入计划", "Planned", true},
    {"closed", "已关闭", "Closed", Phase::closed, "已答复", "Answered", true},
    evaluated,
    archived,
    cancelled,
    reopened};

constexpr Step feedback_steps[] = {
    {"review", "received reopened", "reviewing", "开始评审", "Review", work},
    {"plan", "reviewing", "planned", "列入计划", "Plan", work, false, "", "reason", true},
    {"close", "reviewing planned", "closed", "答复并关闭", "Answer and close", "tickets.transition",
     false, "", "reason", true},
    {"evaluate", "closed", "evaluated", "评价", "Rate", "tickets.transition", true, "", "rating"},
    {"archive", "closed evaluated cancelled", "archived", "归档", "Archive"},
    {"cancel", "received reviewing planned", "cancelled", "取消", "Cancel", "tickets.transition",
     false, "", "reason", true},
    {"withdraw", "received reviewing", "cancelled", "撤回", "Withdraw", "tickets.transition", true,
     "", "reason", true},
    {"reopen", "closed evaluated cancelled", "reopened", "重新打开", "Reopen", "tickets.transition",
     true, "", "reason", true}};

std::vector<Slug> words(std::string_view text) {
  std::vector<Slug> list;
  while (!text.empty()) {
    auto end = std::min(text.find(' '), text.size());
    list.push_back({std::string(text.substr(0, end))});
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return list;
}

WorkflowText made(const char* key, const char* name_zh, const char* name_en,
                  std::span<const StateLine> states, std::span<const Step> steps) {
  WorkflowText text{{key}, {name_zh}, {name_en}, {states.front().key}, {}, {}};
  for (const auto& line : states) {
    text.states.push_back({{line.key},
                           {line.name_zh},
                           {line.name_en},
                           line.phase,
                           {line.customer_zh},
                           {line.customer_en},
                           line.clock_stops});
  }
  for (const auto& step : steps) {
    text.transitions.push_back({{step.key},
                                words(step.from),
                                {step.to},
                                {step.name_zh},
                                {step.name_en},
                                {step.right},
                                step.customer_may,
                                words(step.guards),
                                words(step.needs),
                                step.notify});
  }
  return text;
}

}  // namespace

std::vector<WorkflowText> preset_workflows() {
  return {made("main", "标准服务流程", "Main workflow", main_states, main_steps),
          made("consultation", "咨询流程", "Consultation", consultation_states, consultation_steps),
          made("complaint", "投诉流程", "Complaint", complaint_states, complaint_steps),
          made("feedback", "建议流程", "Feedback", feedback_states, feedback_steps)};
}

}  // namespace baijin::catalogue
