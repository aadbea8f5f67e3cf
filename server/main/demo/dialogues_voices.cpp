// Conversations in which people matter more than machines: complaints, care, invoices; and those of
// customers who write English. See dialogue.h.
#include "main/demo/dialogue.h"

namespace baijin::demo {

const std::string_view dialogues_of_voices = R"dialogue(
@ complaint other any S2 I3 phone,email
= 投诉：报修 {6-20} 小时没人回电话
t 投诉,响应
C 我上午报的问题，说两小时内回电，到现在 {6-20} 个小时没有任何人联系我！合同上写的响应时间是摆设吗？
L {who}，我是值班经理{lead}，首先向您道歉，承诺没有做到是我们的责任。我已经亲自接手，今天之内每两小时给您一次进展，不管有没有结果。
C 我不要道歉，我要知道为什么，以后怎么保证。
N 核查派工记录：工单在派工环节停了 {5-8} 小时，原因是被派的工程师在外地培训，系统里没有登记。
D 直接原因：被派工程师外出未登记，无人接单；根本原因：超时提醒只发给本人，没有发给值班经理。
L 原因查清楚了，写在附件的说明里，不推脱。已经改的两件事：一，{30-60} 分钟没人接单，自动通知值班经理；二，外出必须先登记才能离岗。
a explanation.txt
S 问题本身已由{eng}解决；流程两处整改完成；主管登门说明一次。
C 说明看了，{处理态度可以|整改我认可}，希望不要再有下次。
L 谢谢您愿意把话说出来。三个月内您单位的每张工单我都会看一遍。

@ complaint other any S3 I3 email
= 投诉：工程师上门迟到 {1-3} 小时，没有提前说
t 投诉,上门
C 约好上午 9 点，{eng2}{10-12} 点才到，期间打电话不接。我们几个人专门等着，机房也申请了停机。
L {who}，对不起，耽误了您和同事的时间。我先了解经过，今天下班前给您书面答复。
N 问过了，路上车坏了，手机没电。理由成立，但没有请同事代为通知，这是错的。
D 因车辆故障迟到，未按规定通过值班台通知客户。
S 补做的停机窗口由我方配合在周末完成，不计入合同次数；上门前一小时短信提醒上线。
L 处理结果：本次上门不计入合同次数，重新约的时间按您方便；以后出发和预计到达都会自动发短信。
C 接受，{年轻人也不容易|希望说到做到}。

@ complaint wrong_result erp S2 I2 email
= 投诉：补丁装完第二天{工资|成本}算错了
t 投诉,补丁
C 你们上次打完补丁，{工资|成本}计算全错了，{几百号人|财务部}等着，你们测试了吗？
L {who}，我是值班经理{lead}。先做两件事：马上退回补丁，今晚按旧版重算；原因查清楚之前不再给任何客户装这个补丁。
C 退回以后重算要多久？
E 退回已完成，重算约 {40-90} 分钟，算完我先抽查 {20-50} 条再通知您。
N 补丁测试用例没有覆盖跨月{补发|返工}的情况。
D 补丁对跨月{补发|返工}的处理有误，我方测试用例不足。
S 退回补丁并重算，逐条核对无误；补丁修正版增加 {12-30} 条用例，由客户会计一起复核。
L 原因和改进都在附件。补丁修正版请您的会计先在测试账套试过，满意了再装正式的。
a root-cause.txt
C {测试账套结果对了|会计试过没问题}。投诉可以结了，但请记住财务的数字不能错。

@ care other any - - phone,in_person
= {新任|升职的}{who}，上门拜访
t 走访
K 本月走访计划：{who}刚到任，主管{lead}和{eng}一起去见个面，了解他希望怎样合作。
A 客户办公室
N 提前看过资料：请称呼“{who}”，先给结论再讲原因，周三例会不要打电话。
E {who}您好，谢谢今天的时间。记下您说的三件事：一，月报只要一页；二，紧急的事直接打电话，其他发邮件；三，培训安排在月中。都已写进贵单位的服务偏好。
C 记得很准，{这样合作省心|月报就照一页的样子}。
D 走访目的：新任负责人认识、偏好确认、近期打算。
S 确认偏好三条，收集产品意见 {2-4} 条并转产品部；下次走访定在三个月后。

@ care other any - - phone
= 上线{一个月|半年}回访
t 回访
K {who}您好，{product}上线{一个月|半年}了，想听听您的实话：哪里顺手，哪里还别扭？
C 总体满意。别扭的有两点：{报表字太小|待办太多分不清轻重}，{手机上看不了附件|月底有点卡}。
E 谢谢，都记下了。第一点今天就能改，我远程调一下；第二点是 {newer} 的内容，做完请您先试。
D 回访：满意度 {4-5} 分，两条意见。
S 一条当日改好，一条登记为产品意见 W-{2100-3900}。
C 改好的看到了，{回访不是走形式|谢谢}。

@ care other any - - phone
= {中秋|春节|国庆}前问候和值班安排
t 问候
K {who}您好，节日将近，先祝全家安康。节日期间我们 7×24 有人，值班表附上，您单位的紧急联系人有变化吗？
a duty-roster.csv
C 谢谢！联系人换成{me}的手机，其他不变。
K 已更新。您说过晚上十点以后不方便接电话，我们会先发短信，紧急的才打。
D 节前问候与联系人确认。
S 联系人已更新，值班表已送达。

@ consultation other any - - email
= 开票信息变更，发票寄到哪里
t 发票
C 我们{搬了新厂区|换了开户行}，以后服务费发票请按新的开票信息，纸质的寄到{site}。上一张还是旧地址，能重开吗？
K {who}您好，新的开票信息收到，附件我打了一份确认单，请您核对一个数字都不错再回复。上一张没有认证的话可以作废重开。
a invoice-details.txt
C 核对无误，上一张没有认证。
S 更新开票信息，作废旧票并按新信息重开，寄出单号已告知。
K 新发票已开，电子版先发您，纸质的今天寄出。以后默认用新信息，不会再问您第二遍。
C 收到，{很快|电子版已入账}。

@ consultation licence cad - - email
= Can we run the {ten-user|floating} licence from our office in {Penang|Düsseldorf|Suzhou}?
t english,licence
C Hello, we are the {engineering|tooling} office in {Penang|Düsseldorf|Suzhou}. Headquarters owns
+ licence {licence}. May {4-8} of us check out seats over the VPN, and will it work when
+ the line is down for an hour?
E Hi {me}, short answer: yes to both. Seats may be used within the same legal entity, and a checked
+ out seat keeps working offline for up to 72 hours. The two ports to open are in the attachment.
a license-ports.txt
C Great. Can borrowed seats be returned early if somebody goes on leave?
E Yes: Help, Licence, Return. If the laptop is away, your administrator can release it on the
+ server; it then stays blocked until the borrow period ends.
S Explained borrowing within the same entity, ports and early return.
C Works like a charm, thank you.

@ fault crash cad S2 I3 email,portal
= {product} closes without a message when importing a {STEP|IGES} file
t english,import
C Every time we import the supplier's {STEP|IGES} file ({80-400} MB) the program disappears after
+ about {2-6} minutes. No error. Version {version}, 32 GB of memory. The file opens elsewhere.
a import-log.txt
K Hello {me}, thank you, the log is what we needed. An engineer is on it; may we keep the file for a
+ test under our confidentiality terms?
C Yes, please do. It is on your exchange folder now.
E Found it. The file contains {12000-40000} tiny surfaces from a scanned label. Turn on "heal and
+ merge" and set the tolerance to 0.02 mm; it then imports in {3-9} minutes.
N The importer should not die silently. Filed as CG-{3100-4900}.
D The importer runs out of handles on files with more than ten thousand open surfaces.
O Import options before: no healing, tolerance 0.001 mm.
B The target project was saved under a new name before the import.
S Import with healing and a tolerance of 0.02 mm; defect filed for {newer}.
T Imported twice on the customer's machine; mass differs from the supplier's by 0.{1-4} percent.
C Perfect. The label is nobody's problem, we have removed it.

@ fault interface erp S2 I2 email
= Purchase orders from {product} arrive twice at our logistics partner
t english,interface
C Since {Monday|Tuesday} about {3-9} percent of our orders reach the warehouse twice. They shipped
+ {2-4} pallets too many. Please help us today.
L Dear {me}, this has our attention: I have asked {eng} to call you within 30 minutes and to stop
+ the automatic resend until we know more.
E Resend is off. The partner answers after {31-40} seconds, we give up after 30 and send again.
+ I suggest a message number, so that a second copy is recognised and dropped.
C Agreed. The partner says they can check a number in the header.
D The time limit of 30 seconds is shorter than the partner's answer; retries carried no identity.
O Interface settings and the list of {20-60} doubled orders are exported.
B The interface database was backed up before the change.
S Retries carry the same number, the limit is 90 seconds, doubles are refused there.
T {200-500} test orders with forced time-outs: none arrived twice.
E Live since {14-17}:00. I will look at the list every morning this week and write here.
C Three days without a double. Thank you for staying on it.

@ training how_to pdm - - email
= Remote training for {6-12} designers, in English, afternoon in Europe
t english,training
C We need half a day on {product} check-in, check-out and releases for {6-12} designers. Could it be
+ in English and after 14:00 our time?
E Hello {me}, gladly. 14:30 your time is 20:30 here, which is fine for us. Please send two
+ assemblies you are allowed to share, then the examples will look familiar.
C Here is one, the second is not public.
a assembly.csv
A Video conference
D Half a day, {6-12} people, two assemblies, recording agreed.
S Held as planned; recording, exercises and answers were sent to everybody.
C Very clear. Two colleagues asked for the advanced part next quarter.

@ upgrade upgrade cad S3 I3 email
= Upgrade of {8-20} workstations to V8, with our own templates
t english,upgrade
C We would like to move {8-20} workstations to V8. Our title blocks and bend tables must survive.
E They will: both formats are unchanged. I shall convert a copy first and send you screenshots.
a templates.png
C Looks right. Friday after 17:00?
O Template folder, bend tables and options of one workstation recorded.
B Every user profile copied to the file server.
D Templates convert without loss; one macro needs the new reference.
S {8-20} workstations upgraded by script, macro corrected.
T Ten drawings compared before and after: title blocks, bends and prints agree.
C All good on Monday. Please close.
)dialogue";

}  // namespace baijin::demo
