;; The heaviest locals have registers. The seventh integer here stays in the frame and is a memory operand.
(module
  (func (param i64 i64 i64 i64 i64 i64 i64) (result i64)
    local.get 0
    local.get 1
    i64.add
    local.get 2
    i64.add
    local.get 3
    i64.add
    local.get 4
    i64.add
    local.get 5
    i64.add
    local.get 6
    i64.add
    local.get 0
    local.get 1
    i64.xor
    local.get 2
    i64.xor
    local.get 3
    i64.xor
    local.get 4
    i64.xor
    local.get 5
    i64.xor
    i64.or))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 98 ff ff ff         lea r11, [rsp - 104]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 56 00 00 00               jb +0x6d
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  48 89 4d c0                     mov [rbp - 64], rcx
;;     | 001e  4c 89 45 b8                     mov [rbp - 72], r8
;;     | 0022  4c 89 4d b0                     mov [rbp - 80], r9
;;     | 0026  49 89 d0                        mov r8, rdx
;;     | 0029  49 89 f1                        mov r9, rsi
;;     | 002c  49 89 fa                        mov r10, rdi
;;     | 002f  4c 8b 5d 10                     mov r11, [rbp + 16]
;;     | 0033  4c 89 5d a8                     mov [rbp - 88], r11
;;   local.get 0
;;   local.get 1
;;   i64.add
;;     | 0037  4b 8d 3c 0a                     lea rdi, [r10 + r9]
;;   local.get 2
;;   i64.add
;;     | 003b  4c 01 c7                        add rdi, r8
;;   local.get 3
;;   i64.add
;;     | 003e  48 03 7d c0                     add rdi, [rbp - 64]
;;   local.get 4
;;   i64.add
;;     | 0042  48 03 7d b8                     add rdi, [rbp - 72]
;;   local.get 5
;;   i64.add
;;     | 0046  48 03 7d b0                     add rdi, [rbp - 80]
;;   local.get 6
;;   i64.add
;;     | 004a  48 03 7d a8                     add rdi, [rbp - 88]
;;   local.get 0
;;   local.get 1
;;   i64.xor
;;     | 004e  4c 89 d6                        mov rsi, r10
;;     | 0051  4c 31 ce                        xor rsi, r9
;;   local.get 2
;;   i64.xor
;;     | 0054  4c 31 c6                        xor rsi, r8
;;   local.get 3
;;   i64.xor
;;     | 0057  48 33 75 c0                     xor rsi, [rbp - 64]
;;   local.get 4
;;   i64.xor
;;     | 005b  48 33 75 b8                     xor rsi, [rbp - 72]
;;   local.get 5
;;   i64.xor
;;     | 005f  48 33 75 b0                     xor rsi, [rbp - 80]
;;   i64.or
;;     | 0063  48 09 f7                        or rdi, rsi
;;   end
;;     | 0066  48 89 f8                        mov rax, rdi
;;     | 0069  c9                              leave
;;     | 006a  c2 10 00                        ret 16
;;   behind the function
;;     | 006d  0f 0b                           ud2
