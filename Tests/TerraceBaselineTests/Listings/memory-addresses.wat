;; A constant address is a displacement; an offset beyond 31 bits is added in r11.
(module
  (memory 1)
  (func (param i32) (result i64)
    i32.const 1024
    i64.load offset=8
    local.get 0
    i64.load offset=0x80000000
    i64.add))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 c8 ff ff ff         lea r11, [rsp - 56]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 22 00 00 00               jb +0x39
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 fa                        mov r10, rdi
;;   i32.const 1024
;;   i64.load offset=8
;;     | 001d  49 8b bf 08 04 00 00            mov rdi, [r15 + 0x408]
;;   local.get 0
;;   i64.load offset=2147483648
;;     | 0024  41 bb 00 00 00 80               mov r11d, 0x80000000
;;     | 002a  4d 01 d3                        add r11, r10
;;     | 002d  4b 8b 34 1f                     mov rsi, [r15 + r11]
;;   i64.add
;;     | 0031  48 01 f7                        add rdi, rsi
;;   end
;;     | 0034  48 89 f8                        mov rax, rdi
;;     | 0037  c9                              leave
;;     | 0038  c3                              ret
;;   behind the function
;;     | 0039  0f 0b                           ud2
