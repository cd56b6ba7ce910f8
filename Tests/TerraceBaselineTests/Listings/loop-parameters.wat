;; A loop's parameters are in their slots at its header: a branch back stores them there.
(module
  (func (param i64) (result i64)
    i64.const 1
    i64.const 20
    loop (param i64 i64) (result i64)
      i64.mul
      local.get 0
      local.get 0
      i64.eqz
      br_if 0
      i64.add
    end))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 c8 ff ff ff         lea r11, [rsp - 56]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 43 00 00 00               jb +0x5a
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 fa                        mov r10, rdi
;;   i64.const 1
;;   i64.const 20
;;   loop
;;     | 001d  48 c7 45 d0 01 00 00 00         mov qword ptr [rbp - 48], 1
;;     | 0025  48 c7 45 c8 14 00 00 00         mov qword ptr [rbp - 56], 20
;;     | 002d  49 3b 26                        cmp rsp, [r14]
;;     | 0030  0f 82 26 00 00 00               jb +0x5c
;;     i64.mul
;;     | 0036  48 8b 7d d0                     mov rdi, [rbp - 48]
;;     | 003a  48 0f af 7d c8                  imul rdi, [rbp - 56]
;;     local.get 0
;;     local.get 0
;;     i64.eqz
;;     br_if 0
;;     | 003f  4d 85 d2                        test r10, r10
;;     | 0042  0f 85 0a 00 00 00               jne +0x52
;;     | 0048  48 89 7d d0                     mov [rbp - 48], rdi
;;     | 004c  4c 89 55 c8                     mov [rbp - 56], r10
;;     | 0050  eb db                           jmp +0x2d
;;     i64.add
;;     | 0052  4c 01 d7                        add rdi, r10
;;   end
;;   end
;;     | 0055  48 89 f8                        mov rax, rdi
;;     | 0058  c9                              leave
;;     | 0059  c3                              ret
;;   behind the function
;;     | 005a  0f 0b                           ud2
;;     | 005c  0f 0b                           ud2
;;     | 005e  eb d6                           jmp +0x36
