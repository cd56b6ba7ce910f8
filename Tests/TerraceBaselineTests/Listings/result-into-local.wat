;; A result whose next operator is local.set or local.tee goes at once into the local's register.
(module
  (func (param i32 i32) (result i32)
    local.get 0
    local.get 1
    i32.and
    local.set 0
    local.get 0
    i32.const 1
    i32.shl
    local.tee 1
    local.get 0
    i32.xor))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 d8 ff ff ff         lea r11, [rsp - 40]
;;     | 000e  4d 3b 1e                        cmp r11, qword ptr [r14]
;;     | 0011  0f 82 1c 00 00 00               jb 0x33
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  48 89 fb                        mov rbx, rdi
;;     | 001d  49 89 f4                        mov r12, rsi
;;   local.get 0
;;   local.get 1
;;   i32.and
;;   local.set 0
;;     | 0020  44 21 e3                        and ebx, r12d
;;   local.get 0
;;   i32.const 1
;;   i32.shl
;;   local.tee 1
;;     | 0023  41 89 dc                        mov r12d, ebx
;;     | 0026  41 d1 e4                        shl r12d
;;   local.get 0
;;   i32.xor
;;     | 0029  44 89 e7                        mov edi, r12d
;;     | 002c  31 df                           xor edi, ebx
;;   end
;;     | 002e  48 89 f8                        mov rax, rdi
;;     | 0031  c9                              leave
;;     | 0032  c3                              ret
;;   behind the function
;;     | 0033  0f 0b                           ud2
