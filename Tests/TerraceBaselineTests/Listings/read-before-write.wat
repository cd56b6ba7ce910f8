;; A lazy read of a local that changes before the value is used is made good first, in a temporary.
(module
  (func (param i32) (result i32)
    local.get 0
    local.get 0
    i32.const 1
    i32.add
    local.set 0
    local.get 0
    i32.sub))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 d8 ff ff ff         lea r11, [rsp - 40]
;;     | 000e  4d 3b 1e                        cmp r11, qword ptr [r14]
;;     | 0011  0f 82 14 00 00 00               jb 0x2b
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  48 89 fb                        mov rbx, rdi
;;   local.get 0
;;   local.get 0
;;   i32.const 1
;;   i32.add
;;     | 001d  8d 7b 01                        lea edi, [rbx + 1]
;;   local.set 0
;;     | 0020  89 de                           mov esi, ebx
;;     | 0022  89 fb                           mov ebx, edi
;;   local.get 0
;;   i32.sub
;;     | 0024  29 de                           sub esi, ebx
;;   end
;;     | 0026  48 89 f0                        mov rax, rsi
;;     | 0029  c9                              leave
;;     | 002a  c3                              ret
;;   behind the function
;;     | 002b  0f 0b                           ud2
