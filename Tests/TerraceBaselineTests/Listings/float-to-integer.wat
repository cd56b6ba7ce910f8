;; A conversion that traps: NaN by the flags of a comparison with itself, overflow by the 64-bit result's upper half. The last
;; move clears the upper half of a negative result.
(module
  (func (param f64) (result i32)
    local.get 0
    i32.trunc_f64_s))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 d8 ff ff ff         lea r11, [rsp - 40]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 2a 00 00 00               jb +0x41
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  44 0f 28 c0                     movaps xmm8, xmm0
;;   local.get 0
;;   i32.trunc_f64_s
;;     | 001e  66 45 0f 2e c0                  ucomisd xmm8, xmm8
;;     | 0023  0f 8a 1a 00 00 00               jp +0x43
;;     | 0029  f2 49 0f 2c f8                  cvttsd2si rdi, xmm8
;;     | 002e  4c 63 df                        movsxd r11, edi
;;     | 0031  49 39 fb                        cmp r11, rdi
;;     | 0034  0f 85 0b 00 00 00               jne +0x45
;;     | 003a  89 ff                           mov edi, edi
;;   end
;;     | 003c  48 89 f8                        mov rax, rdi
;;     | 003f  c9                              leave
;;     | 0040  c3                              ret
;;   behind the function
;;     | 0041  0f 0b                           ud2
;;     | 0043  0f 0b                           ud2
;;     | 0045  0f 0b                           ud2
