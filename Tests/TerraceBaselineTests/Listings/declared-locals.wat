;; Declared locals begin as zero: registers are cleared, and frame slots that are used are stored.
(module
  (func (result i64) (local i32 i64 f64 v128)
    local.get 1))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 b8 ff ff ff         lea r11, [rsp - 72]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 20 00 00 00               jb +0x37
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  45 0f 57 ff                     xorps xmm15, xmm15
;;     | 001e  f2 44 0f 11 7d d8               movsd [rbp - 40], xmm15
;;     | 0024  45 31 d2                        xor r10d, r10d
;;     | 0027  f2 44 0f 11 7d b8               movsd [rbp - 72], xmm15
;;     | 002d  44 0f 11 7d c0                  movups [rbp - 64], xmm15
;;   local.get 1
;;   end
;;     | 0032  4c 89 d0                        mov rax, r10
;;     | 0035  c9                              leave
;;     | 0036  c3                              ret
;;   behind the function
;;     | 0037  0f 0b                           ud2
