;; Constants become immediates, also on the left of a commutative operator; one that does not fit 32 bits is loaded.
(module
  (func (param i64) (result i64)
    i64.const 7
    local.get 0
    i64.and
    i64.const 0x123456789
    i64.xor))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 c8 ff ff ff         lea r11, [rsp - 56]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 20 00 00 00               jb +0x37
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 fa                        mov r10, rdi
;;   i64.const 7
;;   local.get 0
;;   i64.and
;;     | 001d  bf 07 00 00 00                  mov edi, 7
;;     | 0022  4c 21 d7                        and rdi, r10
;;   i64.const 4886718345
;;   i64.xor
;;     | 0025  48 be 89 67 45 23 01 00 00 00   movabs rsi, 0x123456789
;;     | 002f  48 31 f7                        xor rdi, rsi
;;   end
;;     | 0032  48 89 f8                        mov rax, rdi
;;     | 0035  c9                              leave
;;     | 0036  c3                              ret
;;   behind the function
;;     | 0037  0f 0b                           ud2
