"""What is said about the keys of other systems."""

NAME_TAKEN = "已经有叫“{name}”的钥匙了。换一个名字，或先停用：linli user key revoke {name}"
NO_SUCH_KEY = "没有叫“{name}”的钥匙。看看有哪些：linli user key list"
WRONG_KEY = "api_key 不对，或已经停用"
TOO_OFTEN = "提交得太快：一个钥匙一分钟最多 {most} 件，过一分钟再来"
