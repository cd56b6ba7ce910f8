;; A comparison that nothing melts with becomes 0 or 1 in a register whose upper half is zero.
(module
  (func (param i64 i64) (result i32)
    local.get 0
    local.get 1
    i64.le_u))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 c8 ff ff ff         lea r11, [rsp - 56]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 19 00 00 00               jb +0x30
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 f1                        mov r9, rsi
;;     | 001d  49 89 fa                        mov r10, rdi
;;   local.get 0
;;   local.get 1
;;   i64.le_u
;;     | 0020  4d 39 ca                        cmp r10, r9
;;     | 0023  40 0f 96 c7                     setbe dil
;;     | 0027  40 0f b6 ff                     movzx edi, dil
;;   end
;;     | 002b  48 89 f8                        mov rax, rdi
;;     | 002e  c9                              leave
;;     | 002f  c3                              ret
;;   behind the function
;;     | 0030  0f 0b                           ud2
