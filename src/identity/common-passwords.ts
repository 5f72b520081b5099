/**
 * What people put first when they make up a password, in the languages of our pages, folded to lower-case letters and
 * digits. Not a list of leaked passwords: from 15 characters on, those are made of these.
 */
export const commonPasswords: readonly string[] = `
123456 12345678 123456789 1234567890 654321 987654321 0987654321 111111 000000 666666 888888 123123 112233 121212 123321
abc123 a123456 123abc 1q2w3e4r 1q2w3e 1qaz2wsx qazwsx zaq12wsx qwerty qwertyuiop qwerty123 asdfgh asdfghjkl zxcvbn zxcvbnm q1w2e3r4
password passwort passw0rd p4ssword p4ssw0rd pa55word pass1234 passphrase motdepasse contrasena secret geheim letmein welcome welcome1
changeme changethis default admin administrator root guest user test testing tester temp temporary login signin master access
iloveyou ilovey0u loveyou sunshine princess monkey dragon football baseball basketball superman batman starwars pokemon shadow
michael jordan charlie jessica ashley daniel computer internet samsung iphone android google facebook microsoft apple freedom
whatever trustno1 hello helloworld goodbye summer winter autumn spring january monday flower cookie chocolate pepper cheese
correcthorsebatterystaple thequickbrownfox tobeornottobe mypassword newpassword oldpassword mynameis opensesame
5201314 520520 woaini woaini1314 woaini520 1314520 aini1314 nihao nihaoma mima wodemima zhongguo beijing shanghai taiwan xianggang
wangyi tencent weixin wechat taobao alipay zhifubao laopo laogong baobei xiaoming xingfu kuaile 147258369 147258 159753 789456123 741852963
密码 我的密码 我爱你 你好 中国 幸福 快乐 中國 密碼 我的密碼 我愛你
signoff cancel cancellation mobile phone telephone simcard esim
`.trim().split(/\s+/);
