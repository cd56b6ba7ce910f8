;; min is not the machine's: NaN wins, and -0 is less than +0.
(module
  (func (param f32 f32) (result f32)
    local.get 0
    local.get 1
    f32.min))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 c8 ff ff ff         lea r11, [rsp - 56]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 2b 00 00 00               jb +0x42
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  44 0f 28 c0                     movaps xmm8, xmm0
;;     | 001e  44 0f 28 c9                     movaps xmm9, xmm1
;;   local.get 0
;;   local.get 1
;;   f32.min
;;     | 0022  41 0f 28 c0                     movaps xmm0, xmm8
;;     | 0026  41 0f 2e c1                     ucomiss xmm0, xmm9
;;     | 002a  75 0f                           jne +0x3b
;;     | 002c  7a 06                           jp +0x34
;;     | 002e  41 0f 56 c1                     orps xmm0, xmm9
;;     | 0032  eb 0c                           jmp +0x40
;;     | 0034  f3 41 0f 58 c1                  addss xmm0, xmm9
;;     | 0039  eb 05                           jmp +0x40
;;     | 003b  f3 41 0f 5d c1                  minss xmm0, xmm9
;;   end
;;     | 0040  c9                              leave
;;     | 0041  c3                              ret
;;   behind the function
;;     | 0042  0f 0b                           ud2
