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
;;     | 0006  4c 8d 9c 24 c8 ff ff ff         lea r11, [rsp - 56]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 1d 00 00 00               jb +0x34
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 f1                        mov r9, rsi
;;     | 001d  49 89 fa                        mov r10, rdi
;;   local.get 0
;;   local.get 1
;;   i32.and
;;   local.set 0
;;     | 0020  45 21 ca                        and r10d, r9d
;;   local.get 0
;;   i32.const 1
;;   i32.shl
;;   local.tee 1
;;     | 0023  45 89 d1                        mov r9d, r10d
;;     | 0026  41 d1 e1                        shl r9d, 1
;;   local.get 0
;;   i32.xor
;;     | 0029  44 89 cf                        mov edi, r9d
;;     | 002c  44 31 d7                        xor edi, r10d
;;   end
;;     | 002f  48 89 f8                        mov rax, rdi
;;     | 0032  c9                              leave
;;     | 0033  c3                              ret
;;   behind the function
;;     | 0034  0f 0b                           ud2
