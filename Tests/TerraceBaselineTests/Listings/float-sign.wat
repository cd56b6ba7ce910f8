;; abs, neg and copysign work on bits, with masks from the pool.
(module
  (func (param f64 f64) (result f64)
    local.get 0
    f64.neg
    f64.abs
    local.get 1
    f64.copysign))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 c8 ff ff ff         lea r11, [rsp - 56]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 34 00 00 00               jb +0x4b
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  44 0f 28 c0                     movaps xmm8, xmm0
;;     | 001e  44 0f 28 c9                     movaps xmm9, xmm1
;;   local.get 0
;;   f64.neg
;;     | 0022  c5 b8 57 05 26 00 00 00         vxorps xmm0, xmm8, [rip + 38]
;;   f64.abs
;;     | 002a  c5 f8 54 05 2e 00 00 00         vandps xmm0, xmm0, [rip + 46]
;;   local.get 1
;;   f64.copysign
;;     | 0032  45 0f 28 f9                     movaps xmm15, xmm9
;;     | 0036  44 0f 54 3d 12 00 00 00         andps xmm15, [rip + 18]
;;     | 003e  0f 54 05 1b 00 00 00            andps xmm0, [rip + 27]
;;     | 0045  41 0f 56 c7                     orps xmm0, xmm15
;;   end
;;     | 0049  c9                              leave
;;     | 004a  c3                              ret
;;   behind the function
;;     | 004b  0f 0b                           ud2
;;   constants
;;     | 004d  cc cc cc 00
;;     | 0051  00 00 00 00
;;     | 0055  00 00 80 00
;;     | 0059  00 00 00 00
;;     | 005d  00 00 80 ff
;;     | 0061  ff ff ff ff
;;     | 0065  ff ff 7f ff
;;     | 0069  ff ff ff ff
;;     | 006d  ff ff 7f
