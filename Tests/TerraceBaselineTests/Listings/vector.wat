;; Vector operators: three operands with AVX, straight into a pinned local.
(module
  (memory 1)
  (func (param i32) (result i32) (local v128)
    local.get 0
    v128.load
    local.get 0
    v128.load offset=16
    i32x4.add
    local.set 1
    local.get 1
    local.get 1
    f32x4.mul
    i32x4.extract_lane 2
    local.get 1
    v128.any_true
    i32.add))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 a8 ff ff ff         lea r11, [rsp - 88]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 39 00 00 00               jb +0x50
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 fa                        mov r10, rdi
;;     | 001d  45 0f 57 c0                     xorps xmm8, xmm8
;;   local.get 0
;;   v128.load
;;     | 0021  43 0f 10 04 17                  movups xmm0, [r15 + r10]
;;   local.get 0
;;   v128.load offset=16
;;     | 0026  43 0f 10 4c 17 10               movups xmm1, [r15 + r10 + 16]
;;   i32x4.add
;;   local.set 1
;;     | 002c  c5 79 fe c1                     vpaddd xmm8, xmm0, xmm1
;;   local.get 1
;;   local.get 1
;;   f32x4.mul
;;     | 0030  c4 c1 38 59 c0                  vmulps xmm0, xmm8, xmm8
;;   i32x4.extract_lane 2
;;     | 0035  66 0f 3a 16 c7 02               pextrd edi, xmm0, 2
;;   local.get 1
;;   v128.any_true
;;     | 003b  66 45 0f 38 17 c0               ptest xmm8, xmm8
;;     | 0041  40 0f 95 c6                     setne sil
;;     | 0045  40 0f b6 f6                     movzx esi, sil
;;   i32.add
;;     | 0049  01 f7                           add edi, esi
;;   end
;;     | 004b  48 89 f8                        mov rax, rdi
;;     | 004e  c9                              leave
;;     | 004f  c3                              ret
;;   behind the function
;;     | 0050  0f 0b                           ud2
