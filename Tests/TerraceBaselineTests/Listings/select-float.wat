;; Vector registers have no conditional move: a short jump over a move.
(module
  (func (param f64 f64 i32) (result f64)
    local.get 0
    local.get 1
    local.get 2
    select))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 b8 ff ff ff         lea r11, [rsp - 72]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 1d 00 00 00               jb +0x34
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 fa                        mov r10, rdi
;;     | 001d  44 0f 28 c0                     movaps xmm8, xmm0
;;     | 0021  44 0f 28 c9                     movaps xmm9, xmm1
;;   local.get 0
;;   local.get 1
;;   local.get 2
;;   select
;;     | 0025  45 85 d2                        test r10d, r10d
;;     | 0028  41 0f 28 c0                     movaps xmm0, xmm8
;;     | 002c  75 04                           jne +0x32
;;     | 002e  41 0f 28 c1                     movaps xmm0, xmm9
;;   end
;;     | 0032  c9                              leave
;;     | 0033  c3                              ret
;;   behind the function
;;     | 0034  0f 0b                           ud2
