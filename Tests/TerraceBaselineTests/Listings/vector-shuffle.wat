;; A shuffle of two vectors: a byte shuffle of each, and an or.
(module
  (func (param v128 v128) (result v128)
    local.get 0
    local.get 1
    i8x16.shuffle 0 16 1 17 2 18 3 19 4 20 5 21 6 22 7 23))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 a8 ff ff ff         lea r11, [rsp - 88]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 2d 00 00 00               jb +0x44
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  44 0f 28 c0                     movaps xmm8, xmm0
;;     | 001e  44 0f 28 c9                     movaps xmm9, xmm1
;;   local.get 0
;;   local.get 1
;;   i8x16.shuffle
;;     | 0022  41 0f 28 c0                     movaps xmm0, xmm8
;;     | 0026  66 0f 38 00 05 21 00 00 00      pshufb xmm0, [rip + 33]
;;     | 002f  45 0f 28 f9                     movaps xmm15, xmm9
;;     | 0033  66 44 0f 38 00 3d 23 00 00 00   pshufb xmm15, [rip + 35]
;;     | 003d  66 41 0f eb c7                  por xmm0, xmm15
;;   end
;;     | 0042  c9                              leave
;;     | 0043  c3                              ret
;;   behind the function
;;     | 0044  0f 0b                           ud2
;;   constants
;;     | 0046  cc cc cc cc
;;     | 004a  cc cc cc cc
;;     | 004e  cc cc 00 80
;;     | 0052  01 80 02 80
;;     | 0056  03 80 04 80
;;     | 005a  05 80 06 80
;;     | 005e  07 80 80 00
;;     | 0062  80 01 80 02
;;     | 0066  80 03 80 04
;;     | 006a  80 05 80 06
;;     | 006e  80 07
