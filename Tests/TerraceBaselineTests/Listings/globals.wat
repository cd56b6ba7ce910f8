;; A module's own globals lie in the instance's data; an imported one is reached through a pointer there.
(module
  (import "m" "g" (global $imported (mut i64)))
  (global $own (mut i64) (i64.const 0))
  (func
    global.get $imported
    global.get $own
    i64.add
    global.set $imported))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 d8 ff ff ff         lea r11, [rsp - 40]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 1a 00 00 00               jb +0x31
;;     | 0017  4c 89 dc                        mov rsp, r11
;;   global.get 0
;;     | 001a  4d 8b 5e 40                     mov r11, [r14 + 64]
;;     | 001e  49 8b 3b                        mov rdi, [r11]
;;   global.get 1
;;     | 0021  49 8b 76 50                     mov rsi, [r14 + 80]
;;   i64.add
;;     | 0025  48 01 f7                        add rdi, rsi
;;   global.set 0
;;     | 0028  4d 8b 5e 40                     mov r11, [r14 + 64]
;;     | 002c  49 89 3b                        mov [r11], rdi
;;   end
;;     | 002f  c9                              leave
;;     | 0030  c3                              ret
;;   behind the function
;;     | 0031  0f 0b                           ud2
