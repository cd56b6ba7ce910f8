;; A u32 converts as an i64, since its register is zero-extended. The conversion keeps upper lanes, so they are cleared.
(module
  (func (param i32) (result f64)
    local.get 0
    f64.convert_i32_u
    local.get 0
    f64.convert_i32_s
    f64.add))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 c8 ff ff ff         lea r11, [rsp - 56]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 1c 00 00 00               jb +0x33
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 fa                        mov r10, rdi
;;   local.get 0
;;   f64.convert_i32_u
;;     | 001d  0f 57 c0                        xorps xmm0, xmm0
;;     | 0020  f2 49 0f 2a c2                  cvtsi2sd xmm0, r10
;;   local.get 0
;;   f64.convert_i32_s
;;     | 0025  0f 57 c9                        xorps xmm1, xmm1
;;     | 0028  f2 41 0f 2a ca                  cvtsi2sd xmm1, r10d
;;   f64.add
;;     | 002d  c5 fb 58 c1                     vaddsd xmm0, xmm0, xmm1
;;   end
;;     | 0031  c9                              leave
;;     | 0032  c3                              ret
;;   behind the function
;;     | 0033  0f 0b                           ud2
