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
;;     | 0006  4c 8d 9c 24 b8 ff ff ff         lea r11, [rsp - 72]
;;     | 000e  4d 3b 1e                        cmp r11, qword ptr [r14]
;;     | 0011  0f 82 26 00 00 00               jb 0x3d
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  48 89 7d f0                     mov qword ptr [rbp - 16], rdi
;;     | 001e  48 89 75 e8                     mov qword ptr [rbp - 24], rsi
;;     | 0022  48 89 55 e0                     mov qword ptr [rbp - 32], rdx
;;     | 0026  48 89 4d d8                     mov qword ptr [rbp - 40], rcx
;;     | 002a  4c 89 45 d0                     mov qword ptr [rbp - 48], r8
;;     | 002e  4c 89 4d c8                     mov qword ptr [rbp - 56], r9
;;     | 0032  48 8b 5d 10                     mov rbx, qword ptr [rbp + 16]
;;   local.get 6
;;   end
;;     | 0036  48 89 d8                        mov rax, rbx
;;     | 0039  c9                              leave
;;     | 003a  c2 10 00                        ret 16
;;   behind the function
;;     | 003d  0f 0b                           ud2
;; function 1
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 b8 ff ff ff         lea r11, [rsp - 72]
;;     | 000e  4d 3b 1e                        cmp r11, qword ptr [r14]
;;     | 0011  0f 82 3a 00 00 00               jb 0x51
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  48 89 fb                        mov rbx, rdi
;;   i64.const 0
;;   i64.const 1
;;   i64.const 2
;;   i64.const 3
;;   i64.const 4
;;   i64.const 5
;;   local.get 0
;;   call 0
;;     | 001d  48 89 5d f0                     mov qword ptr [rbp - 16], rbx
;;     | 0021  48 83 ec 10                     sub rsp, 16
;;     | 0025  48 89 1c 24                     mov qword ptr [rsp], rbx
;;     | 0029  bf 00 00 00 00                  mov edi, 0
;;     | 002e  be 01 00 00 00                  mov esi, 1
;;     | 0033  ba 02 00 00 00                  mov edx, 2
;;     | 0038  b9 03 00 00 00                  mov ecx, 3
;;     | 003d  41 b8 04 00 00 00               mov r8d, 4
;;     | 0043  41 b9 05 00 00 00               mov r9d, 5
;;     | 0049  ff 15 00 00 00 00               call qword ptr [rip]
;;   end
;;     | 004f  c9                              leave
;;     | 0050  c3                              ret
;;   behind the function
;;     | 0051  0f 0b                           ud2
