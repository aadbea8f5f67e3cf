#include "main/demo/stock.h"

#include <stdexcept>

namespace baijin::demo {
namespace {

constexpr const char* acknowledgements[] = {
    "{who}您好，您的请求已经收到，内容清楚，马上安排工程师跟进。",
    "{who}，收到。我先核对一下版本和合同，十分钟内安排{eng}联系您。",
    "{who}您好，已登记。请保持电话畅通，{eng}会先和您确认时间。",
    "收到{who}的消息了，影响范围我已经记下，按{product} {version} 安排处理。"};
constexpr const char* acknowledgements_in_english[] = {
    "Hello {me}, we have your request and all we need for now. An engineer will write shortly.",
    "Hello {me}, thank you, this is clear. An engineer has been asked to look at it today."};
constexpr const char* questions[] = {
    "{who}，还差一样材料：出现问题那一刻的日志（安装目录 logs "
    "下当天的文件），麻烦发我，收到就继续。",
    "{who}，请问{周三|周四|明天}下午方便开一次远程吗？需要您输入管理员密码，我这边不记录。",
    "{who}，为了不动到生产数据，想请您先确认一下今天的备份是否成功，截图即可。"};
constexpr const char* questions_in_english[] = {
    "Hello {me}, one thing is missing: that day's log from the folder logs. Could you send it?",
    "Hello {me}, may we have thirty minutes of remote access this week? Any afternoon is fine."};
constexpr const char* returns[] = {
    "不好意思，{今天早上|刚才}同样的情况又出现了一次，和上次提示一样，请再看看。",
    "上次改好以后用了{两|三}天，{换班以后|重启以后}又不行了，麻烦继续处理。"};
constexpr const char* returns_in_english[] = {
    "Sorry to come back: the same happened again this morning after a restart."};
constexpr const char* call_backs[] = {"电话回访：客户确认问题已解决，使用正常。",
                                      "回访：{who}表示已经好了，同意关闭，对处理过程没有意见。",
                                      "电话确认：{who}表示没有问题了，请我们代为关闭。"};
constexpr const char* notes[] = {
    "我{今天在外地巡检|下午要上飞机|和上一家约满了}，{product}这块{eng}"
    "更熟，转给他。客户已经知道换人，"
    "版本 {version}，背景都在工单里，不要再问一遍。",
    "转{eng}：客户希望同一个人跟到底，他上次去过现场。注意先给结论再讲原因。"};

constexpr const char* diagnoses[] = {
    "现象已复现，与 {version} 的设置有关，非硬件原因。",
    "与客户核对步骤后确认需求和范围，风险较小，可在{工作时间|午休}处理。"};
constexpr const char* originals[] = {"改动前的参数页、版本号、服务状态已截图存入本单。",
                                     "原配置文件（{3-9} 个）已复制一份，记录了路径和修改时间。"};
constexpr const char* backups[] = {"改动前完整备份一次，文件大小 {4-60}G，已校验可读。",
                                   "数据库与配置目录已备份到客户 NAS，恢复步骤写在备注里。"};
constexpr const char* solutions[] = {"按方案调整设置，逐项核对，恢复正常；操作步骤已发给客户留存。",
                                     "完成约定内容，现场演示一遍，客户当面确认。"};
constexpr const char* tests[] = {"按 {5-12} 条用例逐条验证通过，客户在场。",
                                 "连续观察 {2-6} 小时无异常，日志无报错。"};
constexpr const char* signatures[] = {"客户已在纸质验收单上签字，扫描件存档。"};

template <std::size_t N>
std::string one(const char* const (&texts)[N], Dice& dice) {
  return texts[dice.below(N)];
}

}  // namespace

std::string acknowledgement(bool english, Dice& dice) {
  return english ? one(acknowledgements_in_english, dice) : one(acknowledgements, dice);
}
std::string question(bool english, Dice& dice) {
  return english ? one(questions_in_english, dice) : one(questions, dice);
}
std::string it_is_back(bool english, Dice& dice) {
  return english ? one(returns_in_english, dice) : one(returns, dice);
}
std::string call_back(Dice& dice) { return one(call_backs, dice); }
std::string hand_over_note(Dice& dice) { return one(notes, dice); }

std::string usual_text(char what, Dice& dice) {
  switch (what) {
    case 'D': return one(diagnoses, dice);
    case 'O': return one(originals, dice);
    case 'B': return one(backups, dice);
    case 'S': return one(solutions, dice);
    case 'T': return one(tests, dice);
    case 'G': return one(signatures, dice);
    default: throw std::logic_error("nothing is usually said there");
  }
}

}  // namespace baijin::demo
