;; 128-bit addition: the lower halves, then the upper ones with the carry. A wide product is in rax and rdx.
(module
  (func (param i64 i64 i64 i64) (result i64 i64)
    local.get 0
    local.get 1
    local.get 2
    local.get 3
    i64.add128
    i64.mul_wide_u))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 98 ff ff ff         lea r11, [rsp - 104]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 30 00 00 00               jb +0x47
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  48 89 45 b8                     mov [rbp - 72], rax
;;     | 001e  48 89 4d c0                     mov [rbp - 64], rcx
;;     | 0022  49 89 d0                        mov r8, rdx
;;     | 0025  49 89 f1                        mov r9, rsi
;;     | 0028  49 89 fa                        mov r10, rdi
;;   local.get 0
;;   local.get 1
;;   local.get 2
;;   local.get 3
;;   i64.add128
;;     | 002b  4c 89 cf                        mov rdi, r9
;;     | 002e  4c 89 d6                        mov rsi, r10
;;     | 0031  4c 01 c6                        add rsi, r8
;;     | 0034  48 13 7d c0                     adc rdi, [rbp - 64]
;;   i64.mul_wide_u
;;     | 0038  48 89 f0                        mov rax, rsi
;;     | 003b  48 f7 e7                        mul rdi
;;   end
;;     | 003e  4c 8b 5d b8                     mov r11, [rbp - 72]
;;     | 0042  49 89 13                        mov [r11], rdx
;;     | 0045  c9                              leave
;;     | 0046  c3                              ret
;;   behind the function
;;     | 0047  0f 0b                           ud2
