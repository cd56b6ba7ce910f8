;; A call: arguments go to the registers of the convention all at once, here exchanged through r11; what lives on is stored
;; before. The callee is reached through its entry cell, so that it can move to a better tier.
(module
  (func $g (param i32 i32) (result i32) local.get 1)
  (func (param i32 i32) (result i32)
    local.get 1
    local.get 0
    call $g
    local.get 0
    i32.add))

;; Code
;; function 0 $g
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 c8 ff ff ff         lea r11, [rsp - 56]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 0e 00 00 00               jb +0x25
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  89 7d d8                        mov [rbp - 40], edi
;;     | 001d  49 89 f2                        mov r10, rsi
;;   local.get 1
;;   end
;;     | 0020  44 89 d0                        mov eax, r10d
;;     | 0023  c9                              leave
;;     | 0024  c3                              ret
;;   behind the function
;;     | 0025  0f 0b                           ud2
;; function 1
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 c8 ff ff ff         lea r11, [rsp - 56]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 26 00 00 00               jb +0x3d
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 f1                        mov r9, rsi
;;     | 001d  49 89 fa                        mov r10, rdi
;;   local.get 1
;;   local.get 0
;;   call 0
;;     | 0020  44 89 4d d0                     mov [rbp - 48], r9d
;;     | 0024  44 89 55 d8                     mov [rbp - 40], r10d
;;     | 0028  4c 89 d6                        mov rsi, r10
;;     | 002b  4c 89 cf                        mov rdi, r9
;;     | 002e  ff 15 00 00 00 00               call [rip]
;;   local.get 0
;;   i32.add
;;     | 0034  44 8b 55 d8                     mov r10d, [rbp - 40]
;;     | 0038  44 01 d0                        add eax, r10d
;;   end
;;     | 003b  c9                              leave
;;     | 003c  c3                              ret
;;   behind the function
;;     | 003d  0f 0b                           ud2
