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
;;     | 0006  4c 8d 9c 24 c8 ff ff ff         lea r11, [rsp - 56]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 18 00 00 00               jb +0x2f
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 fa                        mov r10, rdi
;;   local.get 0
;;   local.get 0
;;   i32.const 1
;;   i32.add
;;     | 001d  41 8d 7a 01                     lea edi, [r10 + 1]
;;   local.set 0
;;     | 0021  44 89 d6                        mov esi, r10d
;;     | 0024  41 89 fa                        mov r10d, edi
;;   local.get 0
;;   i32.sub
;;     | 0027  44 29 d6                        sub esi, r10d
;;   end
;;     | 002a  48 89 f0                        mov rax, rsi
;;     | 002d  c9                              leave
;;     | 002e  c3                              ret
;;   behind the function
;;     | 002f  0f 0b                           ud2
