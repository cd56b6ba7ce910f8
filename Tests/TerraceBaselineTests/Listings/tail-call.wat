;; return_call takes the frame down and jumps.
(module
  (func $f (param i32 i32) (result i32)
    local.get 1
    local.get 0
    return_call $f))

;; Code
;; function 0 $f
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 c8 ff ff ff         lea r11, [rsp - 56]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 16 00 00 00               jb +0x2d
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 f1                        mov r9, rsi
;;     | 001d  49 89 fa                        mov r10, rdi
;;   local.get 1
;;   local.get 0
;;   return_call 0
;;     | 0020  4c 89 d6                        mov rsi, r10
;;     | 0023  4c 89 cf                        mov rdi, r9
;;     | 0026  c9                              leave
;;     | 0027  ff 25 00 00 00 00               jmp [rip]
;;   end
;;   behind the function
;;     | 002d  0f 0b                           ud2
