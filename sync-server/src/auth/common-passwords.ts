// The most frequent ones of published breaches that are long enough to be allowed otherwise.
const common = new Set(
  `password password1 password12 password123 passw0rd p@ssw0rd p@ssword 12345678 123456789 1234567890 0123456789
  0987654321 87654321 123123123 11111111 00000000 88888888 66666666 12341234 11223344 112233445566 qwertyui
  qwertyuiop qwerty12 qwerty123 qwerty1234 1q2w3e4r 1q2w3e4r5t 1qaz2wsx 1qazxsw2 zaq12wsx q1w2e3r4 qazwsxedc
  asdfghjk asdfghjkl zxcvbnm1 zxcvbnm123 abcd1234 abc12345 abcdefgh abcdefghi a1b2c3d4 aa123456 iloveyou
  iloveyou1 sunshine princess football football1 baseball baseball1 superman batman123 trustno1 welcome1
  welcome123 letmein1 letmein123 admin123 admin1234 administrator changeme changeme1 michelle jennifer computer
  internet whatever starwars dragon123 monkey123 master123 liverpool chocolate samsung1 questlog questlog1`
    .trim()
    .split(/\s+/),
)

/** Whether a password is among the first ones an attacker tries (NIST SP 800-63B asks for such a list). */
export function isCommonPassword(password: string): boolean {
  return common.has(password.toLowerCase())
}
