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
;;     | 0006  4c 8d 9c 24 b8 ff ff ff         lea r11, [rsp - 72]
;;     | 000e  4d 3b 1e                        cmp r11, qword ptr [r14]
;;     | 0011  0f 82 2e 00 00 00               jb 0x45
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  48 89 45 d0                     mov qword ptr [rbp - 48], rax
;;     | 001e  48 89 fb                        mov rbx, rdi
;;     | 0021  49 89 ca                        mov r10, rcx
;;     | 0024  49 89 f4                        mov r12, rsi
;;     | 0027  49 89 d5                        mov r13, rdx
;;   local.get 0
;;   local.get 1
;;   local.get 2
;;   local.get 3
;;   i64.add128
;;     | 002a  4c 89 e7                        mov rdi, r12
;;     | 002d  48 89 de                        mov rsi, rbx
;;     | 0030  4c 01 ee                        add rsi, r13
;;     | 0033  4c 11 d7                        adc rdi, r10
;;   i64.mul_wide_u
;;     | 0036  48 89 f0                        mov rax, rsi
;;     | 0039  48 f7 e7                        mul rdi
;;   end
;;     | 003c  4c 8b 5d d0                     mov r11, qword ptr [rbp - 48]
;;     | 0040  49 89 13                        mov qword ptr [r11], rdx
;;     | 0043  c9                              leave
;;     | 0044  c3                              ret
;;   behind the function
;;     | 0045  0f 0b                           ud2
