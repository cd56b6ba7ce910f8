;; AVX has three operands; a constant comes from the pool behind the code.
(module
  (func (param f64 f64) (result f64)
    local.get 0
    local.get 1
    f64.mul
    f64.const 0.5
    f64.add
    f64.sqrt))

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
;;     | 001a  44 0f 28 c0                     movaps xmm8, xmm0
;;     | 001e  44 0f 28 c9                     movaps xmm9, xmm1
;;   local.get 0
;;   local.get 1
;;   f64.mul
;;     | 0022  c4 c1 3b 59 c1                  vmulsd xmm0, xmm8, xmm9
;;   f64.const 0.5
;;   f64.add
;;     | 0027  f2 0f 10 0d 11 00 00 00         movsd xmm1, [rip + 17]
;;     | 002f  c5 fb 58 c1                     vaddsd xmm0, xmm0, xmm1
;;   f64.sqrt
;;     | 0033  f2 0f 51 c0                     sqrtsd xmm0, xmm0
;;   end
;;     | 0037  c9                              leave
;;     | 0038  c3                              ret
;;   behind the function
;;     | 0039  0f 0b                           ud2
;;   constants
;;     | 003b  cc cc cc cc
;;     | 003f  cc 00 00 00
;;     | 0043  00 00 00 e0
;;     | 0047  3f
