;; Arguments beyond six integers go to the stack; the callee pops them.
(module
  (func $g (param i64 i64 i64 i64 i64 i64 i64) (result i64) local.get 6)
  (func (param i64) (result i64)
    (call $g (i64.const 0) (i64.const 1) (i64.const 2) (i64.const 3) (i64.const 4) (i64.const 5) (local.get 0))))

;; Code
;; function 0 $g
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 a8 ff ff ff         lea r11, [rsp - 88]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 26 00 00 00               jb +0x3d
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  48 89 7d d8                     mov [rbp - 40], rdi
;;     | 001e  48 89 75 d0                     mov [rbp - 48], rsi
;;     | 0022  48 89 55 c8                     mov [rbp - 56], rdx
;;     | 0026  48 89 4d c0                     mov [rbp - 64], rcx
;;     | 002a  4c 89 45 b8                     mov [rbp - 72], r8
;;     | 002e  4c 89 4d b0                     mov [rbp - 80], r9
;;     | 0032  4c 8b 55 10                     mov r10, [rbp + 16]
;;   local.get 6
;;   end
;;     | 0036  4c 89 d0                        mov rax, r10
;;     | 0039  c9                              leave
;;     | 003a  c2 10 00                        ret 16
;;   behind the function
;;     | 003d  0f 0b                           ud2
;; function 1
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 a8 ff ff ff         lea r11, [rsp - 88]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 3a 00 00 00               jb +0x51
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 fa                        mov r10, rdi
;;   i64.const 0
;;   i64.const 1
;;   i64.const 2
;;   i64.const 3
;;   i64.const 4
;;   i64.const 5
;;   local.get 0
;;   call 0
;;     | 001d  4c 89 55 d8                     mov [rbp - 40], r10
;;     | 0021  48 83 ec 10                     sub rsp, 16
;;     | 0025  4c 89 14 24                     mov [rsp], r10
;;     | 0029  bf 00 00 00 00                  mov edi, 0
;;     | 002e  be 01 00 00 00                  mov esi, 1
;;     | 0033  ba 02 00 00 00                  mov edx, 2
;;     | 0038  b9 03 00 00 00                  mov ecx, 3
;;     | 003d  41 b8 04 00 00 00               mov r8d, 4
;;     | 0043  41 b9 05 00 00 00               mov r9d, 5
;;     | 0049  ff 15 00 00 00 00               call [rip]
;;   end
;;     | 004f  c9                              leave
;;     | 0050  c3                              ret
;;   behind the function
;;     | 0051  0f 0b                           ud2
