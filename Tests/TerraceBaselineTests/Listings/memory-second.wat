;; A second memory needs no check if it is guarded, but its base is loaded.
(module
  (memory 1)
  (memory $other 1)
  (func (param i32) (result i32)
    local.get 0
    i32.load $other offset=4))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 d8 ff ff ff         lea r11, [rsp - 40]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 1a 00 00 00               jb +0x31
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 fa                        mov r10, rdi
;;   local.get 0
;;   i32.load 1 offset=4
;;     | 001d  49 8d 7a 04                     lea rdi, [r10 + 4]
;;     | 0021  4d 8b 5e 48                     mov r11, [r14 + 72]
;;     | 0025  4d 8b 1b                        mov r11, [r11]
;;     | 0028  41 8b 3c 3b                     mov edi, [r11 + rdi]
;;   end
;;     | 002c  48 89 f8                        mov rax, rdi
;;     | 002f  c9                              leave
;;     | 0030  c3                              ret
;;   behind the function
;;     | 0031  0f 0b                           ud2
