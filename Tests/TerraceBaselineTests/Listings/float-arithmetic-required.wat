;; Without AVX the left operand is overwritten, so that it may have to be copied.
;; Processor: required
(module
  (func (param f64 f64) (result f64)
    local.get 0
    local.get 1
    f64.mul
    local.get 0
    f64.sub))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 c8 ff ff ff         lea r11, [rsp - 56]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 1b 00 00 00               jb +0x32
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  44 0f 28 c0                     movaps xmm8, xmm0
;;     | 001e  44 0f 28 c9                     movaps xmm9, xmm1
;;   local.get 0
;;   local.get 1
;;   f64.mul
;;     | 0022  41 0f 28 c0                     movaps xmm0, xmm8
;;     | 0026  f2 41 0f 59 c1                  mulsd xmm0, xmm9
;;   local.get 0
;;   f64.sub
;;     | 002b  f2 41 0f 5c c0                  subsd xmm0, xmm8
;;   end
;;     | 0030  c9                              leave
;;     | 0031  c3                              ret
;;   behind the function
;;     | 0032  0f 0b                           ud2
