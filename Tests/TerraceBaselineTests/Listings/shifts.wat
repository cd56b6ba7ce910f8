;; Shifts by a variable count: BMI2 has them for any register, rotations want rcx.
(module
  (func (param i64 i64) (result i64)
    local.get 0
    local.get 1
    i64.shl
    local.get 0
    local.get 1
    i64.rotl
    i64.xor))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 b8 ff ff ff         lea r11, [rsp - 72]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 1f 00 00 00               jb +0x36
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 f1                        mov r9, rsi
;;     | 001d  49 89 fa                        mov r10, rdi
;;   local.get 0
;;   local.get 1
;;   i64.shl
;;     | 0020  c4 c2 b1 f7 fa                  shlx rdi, r10, r9
;;   local.get 0
;;   local.get 1
;;   i64.rotl
;;     | 0025  4c 89 c9                        mov rcx, r9
;;     | 0028  4c 89 d6                        mov rsi, r10
;;     | 002b  48 d3 c6                        rol rsi, cl
;;   i64.xor
;;     | 002e  48 31 f7                        xor rdi, rsi
;;   end
;;     | 0031  48 89 f8                        mov rax, rdi
;;     | 0034  c9                              leave
;;     | 0035  c3                              ret
;;   behind the function
;;     | 0036  0f 0b                           ud2
