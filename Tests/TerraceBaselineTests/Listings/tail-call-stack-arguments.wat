;; A tail call with other stack arguments than the caller's moves the return address.
(module
  (func $g (param i64 i64 i64 i64 i64 i64 i64))
  (func (param i64)
    (return_call $g (i64.const 0) (i64.const 1) (i64.const 2) (i64.const 3) (i64.const 4) (i64.const 5) (local.get 0))))

;; Code
;; function 0 $g
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 a8 ff ff ff         lea r11, [rsp - 88]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 27 00 00 00               jb +0x3e
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  48 89 7d d8                     mov [rbp - 40], rdi
;;     | 001e  48 89 75 d0                     mov [rbp - 48], rsi
;;     | 0022  48 89 55 c8                     mov [rbp - 56], rdx
;;     | 0026  48 89 4d c0                     mov [rbp - 64], rcx
;;     | 002a  4c 89 45 b8                     mov [rbp - 72], r8
;;     | 002e  4c 89 4d b0                     mov [rbp - 80], r9
;;     | 0032  4c 8b 5d 10                     mov r11, [rbp + 16]
;;     | 0036  4c 89 5d a8                     mov [rbp - 88], r11
;;   end
;;     | 003a  c9                              leave
;;     | 003b  c2 10 00                        ret 16
;;   behind the function
;;     | 003e  0f 0b                           ud2
;; function 1
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 a8 ff ff ff         lea r11, [rsp - 88]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 60 00 00 00               jb +0x77
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 fa                        mov r10, rdi
;;   i64.const 0
;;   i64.const 1
;;   i64.const 2
;;   i64.const 3
;;   i64.const 4
;;   i64.const 5
;;   local.get 0
;;   return_call 0
;;     | 001d  48 83 ec 10                     sub rsp, 16
;;     | 0021  4c 89 14 24                     mov [rsp], r10
;;     | 0025  bf 00 00 00 00                  mov edi, 0
;;     | 002a  be 01 00 00 00                  mov esi, 1
;;     | 002f  ba 02 00 00 00                  mov edx, 2
;;     | 0034  b9 03 00 00 00                  mov ecx, 3
;;     | 0039  41 b8 04 00 00 00               mov r8d, 4
;;     | 003f  41 b9 05 00 00 00               mov r9d, 5
;;     | 0045  f2 44 0f 10 6d 08               movsd xmm13, [rbp + 8]
;;     | 004b  f2 44 0f 10 75 00               movsd xmm14, [rbp]
;;     | 0051  4c 8b 5c 24 08                  mov r11, [rsp + 8]
;;     | 0056  4c 89 5d 08                     mov [rbp + 8], r11
;;     | 005a  4c 8b 1c 24                     mov r11, [rsp]
;;     | 005e  4c 89 5d 00                     mov [rbp], r11
;;     | 0062  f2 44 0f 11 6d f8               movsd [rbp - 8], xmm13
;;     | 0068  48 8d 65 f8                     lea rsp, [rbp - 8]
;;     | 006c  66 4c 0f 7e f5                  movq rbp, xmm14
;;     | 0071  ff 25 00 00 00 00               jmp [rip]
;;   end
;;   behind the function
;;     | 0077  0f 0b                           ud2
