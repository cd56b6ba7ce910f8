;; The first result is in rax, the others in an area of the caller's frame, whose address the callee gets in rax.
(module
  (func $pair (param i32) (result i32 i64)
    local.get 0
    i64.const 5)
  (func (param i32) (result i64)
    local.get 0
    call $pair
    i64.eqz
    drop
    i64.extend_i32_u))

;; Code
;; function 0 $pair
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 c8 ff ff ff         lea r11, [rsp - 56]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 20 00 00 00               jb +0x37
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  48 89 45 d0                     mov [rbp - 48], rax
;;     | 001e  49 89 fa                        mov r10, rdi
;;   local.get 0
;;   i64.const 5
;;   end
;;     | 0021  4c 8b 5d d0                     mov r11, [rbp - 48]
;;     | 0025  41 be 05 00 00 00               mov r14d, 5
;;     | 002b  4d 89 33                        mov [r11], r14
;;     | 002e  4c 8b 75 f8                     mov r14, [rbp - 8]
;;     | 0032  44 89 d0                        mov eax, r10d
;;     | 0035  c9                              leave
;;     | 0036  c3                              ret
;;   behind the function
;;     | 0037  0f 0b                           ud2
;; function 1
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 b8 ff ff ff         lea r11, [rsp - 72]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 2e 00 00 00               jb +0x45
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 fa                        mov r10, rdi
;;   local.get 0
;;   call 0
;;     | 001d  44 89 55 d8                     mov [rbp - 40], r10d
;;     | 0021  4c 89 d7                        mov rdi, r10
;;     | 0024  48 8d 04 24                     lea rax, [rsp]
;;     | 0028  ff 15 00 00 00 00               call [rip]
;;     | 002e  4c 8b 1c 24                     mov r11, [rsp]
;;     | 0032  4c 89 5d c8                     mov [rbp - 56], r11
;;   i64.eqz
;;     | 0036  48 83 7d c8 00                  cmp qword ptr [rbp - 56], 0
;;     | 003b  40 0f 94 c7                     sete dil
;;     | 003f  40 0f b6 ff                     movzx edi, dil
;;   drop
;;   i64.extend_i32_u
;;   end
;;     | 0043  c9                              leave
;;     | 0044  c3                              ret
;;   behind the function
;;     | 0045  0f 0b                           ud2
