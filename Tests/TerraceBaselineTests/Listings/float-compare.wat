;; "Greater" is false for NaN, so that lt and le exchange their operands; eq would need two tests of flags, and makes a mask.
(module
  (func (param f64 f64) (result i32)
    block
      local.get 0
      local.get 1
      f64.lt
      br_if 0
      local.get 0
      local.get 1
      f64.eq
      br_if 0
    end
    local.get 0
    local.get 1
    f64.ge))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 c8 ff ff ff         lea r11, [rsp - 56]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 40 00 00 00               jb +0x57
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  44 0f 28 c0                     movaps xmm8, xmm0
;;     | 001e  44 0f 28 c9                     movaps xmm9, xmm1
;;   block
;;     local.get 0
;;     local.get 1
;;     f64.lt
;;     br_if 0
;;     | 0022  66 45 0f 2e c8                  ucomisd xmm9, xmm8
;;     | 0027  0f 87 18 00 00 00               ja +0x45
;;     local.get 0
;;     local.get 1
;;     f64.eq
;;     br_if 0
;;     | 002d  45 0f 28 f8                     movaps xmm15, xmm8
;;     | 0031  f2 45 0f c2 f9 00               cmpsd xmm15, xmm9, 0
;;     | 0037  66 45 0f 7e fb                  movd r11d, xmm15
;;     | 003c  45 85 db                        test r11d, r11d
;;     | 003f  0f 85 00 00 00 00               jne +0x45
;;   end
;;   local.get 0
;;   local.get 1
;;   f64.ge
;;     | 0045  66 45 0f 2e c1                  ucomisd xmm8, xmm9
;;     | 004a  40 0f 93 c7                     setae dil
;;     | 004e  40 0f b6 ff                     movzx edi, dil
;;   end
;;     | 0052  48 89 f8                        mov rax, rdi
;;     | 0055  c9                              leave
;;     | 0056  c3                              ret
;;   behind the function
;;     | 0057  0f 0b                           ud2
