;; A call that may leave the instance sets r14 and r15 for the callee, and restores its own from the frame afterwards.
(module
  (import "m" "f" (func $f (param i32)))
  (func (param i32)
    local.get 0
    call $f))

;; Code
;; function 1
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 d8 ff ff ff         lea r11, [rsp - 40]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 29 00 00 00               jb +0x40
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 fa                        mov r10, rdi
;;   local.get 0
;;   call 0
;;     | 001d  44 89 55 d8                     mov [rbp - 40], r10d
;;     | 0021  4c 89 d7                        mov rdi, r10
;;     | 0024  4d 8b 5e 40                     mov r11, [r14 + 64]
;;     | 0028  4d 8b 73 08                     mov r14, [r11 + 8]
;;     | 002c  4d 8b 1b                        mov r11, [r11]
;;     | 002f  4d 8b 7e 10                     mov r15, [r14 + 16]
;;     | 0033  41 ff 13                        call [r11]
;;     | 0036  4c 8b 75 f8                     mov r14, [rbp - 8]
;;     | 003a  4d 8b 7e 10                     mov r15, [r14 + 16]
;;   end
;;     | 003e  c9                              leave
;;     | 003f  c3                              ret
;;   behind the function
;;     | 0040  0f 0b                           ud2
