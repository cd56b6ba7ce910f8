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
;;     | 0006  4c 8d 9c 24 d8 ff ff ff         lea r11, [rsp - 40]
;;     | 000e  4d 3b 1e                        cmp r11, qword ptr [r14]
;;     | 0011  0f 82 27 00 00 00               jb 0x3e
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  48 89 fb                        mov rbx, rdi
;;   local.get 0
;;   i32.const 16
;;   i32.div_u
;;     | 001d  89 df                           mov edi, ebx
;;     | 001f  c1 ef 04                        shr edi, 4
;;   local.get 0
;;   i32.const 8
;;   i32.rem_u
;;     | 0022  89 de                           mov esi, ebx
;;     | 0024  83 e6 07                        and esi, 7
;;   local.get 0
;;   i32.const 10
;;   i32.div_s
;;     | 0027  ba 0a 00 00 00                  mov edx, 10
;;     | 002c  41 89 d3                        mov r11d, edx
;;     | 002f  89 d8                           mov eax, ebx
;;     | 0031  99                              cdq
;;     | 0032  41 f7 fb                        idiv r11d
;;   i32.add
;;     | 0035  01 c6                           add esi, eax
;;   i32.add
;;     | 0037  01 f7                           add edi, esi
;;   end
;;     | 0039  48 89 f8                        mov rax, rdi
;;     | 003c  c9                              leave
;;     | 003d  c3                              ret
;;   behind the function
;;     | 003e  0f 0b                           ud2
