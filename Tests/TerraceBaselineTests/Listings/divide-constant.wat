;; Unsigned division by a power of two is a shift or a mask; by another constant no test for zero is needed.
(module
  (func (param i32) (result i32)
    local.get 0
    i32.const 16
    i32.div_u
    local.get 0
    i32.const 8
    i32.rem_u
    local.get 0
    i32.const 10
    i32.div_s
    i32.add
    i32.add))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 b8 ff ff ff         lea r11, [rsp - 72]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 2a 00 00 00               jb +0x41
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 fa                        mov r10, rdi
;;   local.get 0
;;   i32.const 16
;;   i32.div_u
;;     | 001d  44 89 d7                        mov edi, r10d
;;     | 0020  c1 ef 04                        shr edi, 4
;;   local.get 0
;;   i32.const 8
;;   i32.rem_u
;;     | 0023  44 89 d6                        mov esi, r10d
;;     | 0026  83 e6 07                        and esi, 7
;;   local.get 0
;;   i32.const 10
;;   i32.div_s
;;     | 0029  ba 0a 00 00 00                  mov edx, 10
;;     | 002e  41 89 d3                        mov r11d, edx
;;     | 0031  44 89 d0                        mov eax, r10d
;;     | 0034  99                              cdq
;;     | 0035  41 f7 fb                        idiv r11d
;;   i32.add
;;     | 0038  01 c6                           add esi, eax
;;   i32.add
;;     | 003a  01 f7                           add edi, esi
;;   end
;;     | 003c  48 89 f8                        mov rax, rdi
;;     | 003f  c9                              leave
;;     | 0040  c3                              ret
;;   behind the function
;;     | 0041  0f 0b                           ud2
