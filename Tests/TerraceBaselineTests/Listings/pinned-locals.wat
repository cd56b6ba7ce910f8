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
;;     | 0006  4c 8d 9c 24 a8 ff ff ff         lea r11, [rsp - 88]
;;     | 000e  4d 3b 1e                        cmp r11, qword ptr [r14]
;;     | 0011  0f 82 50 00 00 00               jb 0x67
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  48 89 fb                        mov rbx, rdi
;;     | 001d  49 89 ca                        mov r10, rcx
;;     | 0020  49 89 f4                        mov r12, rsi
;;     | 0023  49 89 d5                        mov r13, rdx
;;     | 0026  4d 89 c3                        mov r11, r8
;;     | 0029  4d 89 c8                        mov r8, r9
;;     | 002c  4d 89 d9                        mov r9, r11
;;     | 002f  4c 8b 5d 10                     mov r11, qword ptr [rbp + 16]
;;     | 0033  4c 89 5d c0                     mov qword ptr [rbp - 64], r11
;;   local.get 0
;;   local.get 1
;;   i64.add
;;     | 0037  4a 8d 3c 23                     lea rdi, [rbx + r12]
;;   local.get 2
;;   i64.add
;;     | 003b  4c 01 ef                        add rdi, r13
;;   local.get 3
;;   i64.add
;;     | 003e  4c 01 d7                        add rdi, r10
;;   local.get 4
;;   i64.add
;;     | 0041  4c 01 cf                        add rdi, r9
;;   local.get 5
;;   i64.add
;;     | 0044  4c 01 c7                        add rdi, r8
;;   local.get 6
;;   i64.add
;;     | 0047  48 03 7d c0                     add rdi, qword ptr [rbp - 64]
;;   local.get 0
;;   local.get 1
;;   i64.xor
;;     | 004b  48 89 de                        mov rsi, rbx
;;     | 004e  4c 31 e6                        xor rsi, r12
;;   local.get 2
;;   i64.xor
;;     | 0051  4c 31 ee                        xor rsi, r13
;;   local.get 3
;;   i64.xor
;;     | 0054  4c 31 d6                        xor rsi, r10
;;   local.get 4
;;   i64.xor
;;     | 0057  4c 31 ce                        xor rsi, r9
;;   local.get 5
;;   i64.xor
;;     | 005a  4c 31 c6                        xor rsi, r8
;;   i64.or
;;     | 005d  48 09 f7                        or rdi, rsi
;;   end
;;     | 0060  48 89 f8                        mov rax, rdi
;;     | 0063  c9                              leave
;;     | 0064  c2 10 00                        ret 16
;;   behind the function
;;     | 0067  0f 0b                           ud2
